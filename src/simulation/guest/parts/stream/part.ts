/**
 * Why this file exists: the part of the guest that brings `stream`, `stream/promises` and `stream/consumers`, and makes
 * streams of `process.stdout`, `stderr` and `stdin`. The code is Node's own, by the package `readable-stream`.
 */
import streams from 'readable-stream/lib/stream.js';
import { offerModule } from '../../modules/builtin';
import { consumers } from './consumers';
import { installStandardStreams } from './standard-streams';
import { adaptStreams } from './adapted';
import { installWorkerStreams } from './worker-streams';

adaptStreams();
installStandardStreams();
installWorkerStreams();
offerModule('stream', () => streams);
offerModule('stream/promises', () => streams.promises);
offerModule('stream/consumers', () => consumers);

export { streams };
