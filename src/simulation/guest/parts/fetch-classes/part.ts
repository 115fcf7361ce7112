/** Why this file exists: the part of the guest with what `fetch` of a page and `fetch` of Node have in common. */
export { Headers, headersInside, type HeadersGiven } from './headers';
export { ResponseHead, made, type Head, type Origin } from './head';
export { checkDictionary, checkWord, needArguments } from './checked';
