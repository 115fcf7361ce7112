/**
 * Why this file exists: the part of the guest that brings messages between processes, for those that start others and
 * for those that are started with a channel.
 */
import './own-channel';

export { Channel } from './channel';
export { handles, setUpChannel, type Handle, type Target } from './target';
