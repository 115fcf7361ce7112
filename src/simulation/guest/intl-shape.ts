/**
 * Why this file exists: `Intl` is there, with its constructors, so that a program may look at it; what computes by a
 * language ends the run and says so, as does a constructor that is told one.
 */
import { endNow } from './ending';
import { defineProperty, hide, named, symbolIterator, symbolToStringTag } from './primordials';
import { here } from './recorder';

function refuse(what: string): () => never {
  return () => endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}

/** Methods of each constructor's instances. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  Collator: ['resolvedOptions', 'compare'],
  DateTimeFormat: ['resolvedOptions', 'format', 'formatToParts', 'formatRange', 'formatRangeToParts'],
  DisplayNames: ['resolvedOptions', 'of'],
  ListFormat: ['resolvedOptions', 'format', 'formatToParts'],
  Locale: ['toString', 'maximize', 'minimize'],
  NumberFormat: ['resolvedOptions', 'format', 'formatToParts', 'formatRange', 'formatRangeToParts'],
  PluralRules: ['resolvedOptions', 'select', 'selectRange'],
  RelativeTimeFormat: ['resolvedOptions', 'format', 'formatToParts'],
  Segmenter: ['resolvedOptions'],
};
/** They cannot do without a locale or options. */
const needsArguments = ['DisplayNames', 'Locale'];

function constructorOf(name: string, methods: readonly string[]): object {
  const refused = refuse(`Intl.${name}`);
  const maker = named(
    function (...given: unknown[]): void {
      if (new.target === undefined || given.length > 0 || needsArguments.includes(name)) refused();
    },
    name,
    0,
  );
  const prototype = maker.prototype as object;
  for (const method of methods) hide(prototype, method, named({ call: refuse(`Intl.${name}.${method}`) }.call, method));
  if (name !== 'Locale') hide(maker, 'supportedLocalesOf', named({ call: refused }.call, 'supportedLocalesOf', 1));
  defineProperty(prototype, symbolToStringTag, { value: `Intl.${name}`, configurable: true });
  defineProperty(maker, 'prototype', { writable: false });
  return maker;
}

/** What a Segmenter gives can be held; to take a segment ends the run. */
function addSegments(segmenter: object): void {
  const refused = refuse('Intl.Segmenter');
  const iterator = { next: refused, [symbolToStringTag]: 'Segmenter String Iterator' };
  const segments = { containing: refused, [symbolIterator]: (): object => Object.create(iterator) as object };
  hide(
    (segmenter as { prototype: object }).prototype,
    'segment',
    named({ call: (): object => Object.create(segments) as object }.call, 'segment', 1),
  );
}

export function installIntl(): void {
  const intl: Record<string, object> = {};
  for (const name of Object.keys(shapes)) {
    const maker = constructorOf(name, shapes[name] ?? []);
    if (name === 'Segmenter') addSegments(maker);
    hide(intl, name, maker);
  }
  for (const name of ['getCanonicalLocales', 'supportedValuesOf'])
    hide(intl, name, named({ call: refuse(`Intl.${name}`) }.call, name, 1));
  defineProperty(intl, symbolToStringTag, { value: 'Intl', configurable: true });
  hide(globalThis, 'Intl', intl);
}
