/**
 * Why this file exists: the part of the guest that brings `fetch` of Node, with `Request`, `Response` and `Headers`.
 */
import { asInterface, inspectCustom, shown } from '../../modules/events/event';
import { accessorGlobal } from '../../part-globals';
import { defineProperty, hide, named } from '../../primordials';
import { Headers, headersInside } from '../fetch-classes/part';
import { fetch } from './fetch';
import { Request } from './request';
import { Response } from './response';

asInterface(Headers, 'Headers');
const show = function (this: Headers, depth: number, options: { depth?: number | null }): unknown {
  return shown(this, headersInside.shownOf(this), depth, options);
};
hide(Headers.prototype, inspectCustom, named(show, '', 2));
for (const [name, kind] of Object.entries({ Headers, Request, Response }))
  accessorGlobal(name, kind, { isNamed: false });
export { formBodies } from './body';
const about = { writable: true, enumerable: true, configurable: true };
defineProperty(globalThis, 'fetch', { value: named(fetch, 'fetch', 1), ...about });
