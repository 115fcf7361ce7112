/** Why this file exists: the part of the guest that brings `diagnostics_channel`. */
import { offerModule } from '../../modules/builtin';
import { checkFunction } from '../../node-errors';
import { named } from '../../primordials';
import { Channel, channelOf, hasSubscribers } from './channel';
import { TracingChannel } from './tracing';

function subscribe(name: unknown, subscription: unknown): void {
  checkFunction(subscription, 'subscription');
  channelOf(name).subscribe(subscription);
}

function unsubscribe(name: unknown, subscription: unknown): boolean {
  return channelOf(name).unsubscribe(subscription);
}

const diagnostics = {
  channel: named(channelOf, 'channel', 1),
  hasSubscribers: named(hasSubscribers, 'hasSubscribers', 1),
  subscribe: named(subscribe, 'subscribe', 2),
  tracingChannel: named((given: unknown) => new TracingChannel(given), 'tracingChannel', 1),
  unsubscribe: named(unsubscribe, 'unsubscribe', 2),
  Channel,
};

offerModule('diagnostics_channel', () => diagnostics);
