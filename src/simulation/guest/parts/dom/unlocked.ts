/**
 * Why this file exists: the library makes its members so that nobody can replace them. While it loads they are made so
 * that the host can: this file comes before the library, and `lock` after it.
 */
import utils from '@mixmark-io/domino/lib/utils.js';
import { endNow } from '../../ending';
import { here } from '../../recorder';

const { create, defineProperties, defineProperty } = Object;

/** The library's own word for what it lacks: read when its members are made. */
utils.nyi = () => endNow({ kind: 'unsupported', message: 'A member of the document that is used here is not modelled yet', site: here() });

function opened(members: PropertyDescriptorMap): PropertyDescriptorMap {
  for (const key of Object.keys(members)) if (members[key] !== undefined) open(members[key]);
  return members;
}

function open(member: PropertyDescriptor): PropertyDescriptor {
  member.configurable = member.enumerable = true;
  if ('value' in member) member.writable = true;
  return member;
}

Object.create = (prototype: object | null, members?: PropertyDescriptorMap): object =>
  members === undefined ? (create(prototype) as object) : (create(prototype, opened(members)) as object);
Object.defineProperties = <T>(object: T, members: PropertyDescriptorMap & ThisType<unknown>): T =>
  defineProperties(object, opened(members));
Object.defineProperty = <T>(object: T, key: PropertyKey, member: PropertyDescriptor & ThisType<unknown>): T =>
  defineProperty(object, key, open(member));

export function lock(): void {
  Object.defineProperty = defineProperty;
  Object.create = create;
  Object.defineProperties = defineProperties;
}
