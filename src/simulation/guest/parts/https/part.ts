/**
 * Why this file exists: the part of the guest that brings `https`: HTTP over secured connections. Node 20:
 * lib/https.js.
 */
import { offerModule } from '../../modules/builtin';
import { isCallable, isObject, named } from '../../primordials';
import { https, httpServerOn, secureConnections, type AnySocket } from '../http/part';
import { callable } from '../net/part';
import { TlsServer, connect } from '../tls/part';

const OverTls = httpServerOn(TlsServer, 'secureConnection');

class SecureServer extends OverTls {
  constructor(...given: [options?: unknown, listener?: unknown]) {
    const [first, second] = given;
    const options: Readonly<Record<string, unknown>> = isObject(first) && !isCallable(first) ? { ...first } : {};
    const protocols = options['ALPNProtocols'] === undefined ? { ALPNProtocols: ['http/1.1'] } : {};
    super({ ...protocols, ...options }, isCallable(first) ? first : second);
    this.on('tlsClientError', (error: Error, socket: AnySocket) => {
      if (!this.emit('clientError', error, socket)) socket.destroy(error);
    });
  }
}
named(SecureServer, 'Server', 2);

secureConnections.connect = (options) => connect(options);

offerModule('https', () =>
  Object.assign(https, {
    Server: callable(SecureServer, 'Server', 2),
    createServer: named((options?: unknown, listener?: unknown) => new SecureServer(options, listener), 'createServer', 2),
  }),
);
