/**
 * Why this file exists: the part of the guest that brings `tls`: connections of one program with itself that are
 * secured. The handshake takes a modelled time; nothing is encrypted.
 */
import { offerModule } from '../../modules/builtin';
import { named } from '../../primordials';
import { callable } from '../net/part';
import { checkServerIdentity } from './certificates';
import { SecureContext, type ContextOptions } from './context';
import { TlsServer } from './server';
import { TLSSocket, connect } from './tls-socket';

const members = {
  CLIENT_RENEG_LIMIT: 3, CLIENT_RENEG_WINDOW: 600, DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MIN_VERSION: 'TLSv1.2', DEFAULT_MAX_VERSION: 'TLSv1.3',
  checkServerIdentity: named(checkServerIdentity, 'checkServerIdentity', 2),
  createSecureContext: named((options: ContextOptions = {}) => new SecureContext(options), 'createSecureContext', 1),
  SecureContext: callable(SecureContext, 'SecureContext', 4),
  TLSSocket: callable(TLSSocket, 'TLSSocket', 2),
  Server: callable(TlsServer, 'Server', 2),
  createServer: named((options?: unknown, listener?: unknown) => new TlsServer(options, listener), 'createServer', 2),
  connect,
};
offerModule('tls', () => members, ['getCiphers', 'convertALPNProtocols', 'DEFAULT_CIPHERS', 'rootCertificates', 'createSecurePair']);

export { TlsServer } from './server';
export { connect } from './tls-socket';
