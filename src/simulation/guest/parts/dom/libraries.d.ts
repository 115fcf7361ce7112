/** Why this file exists: what is used of the package with the DOM, whose own types want a browser's. */
declare module '@mixmark-io/domino/lib/utils.js' {
  const utils: { nyi: () => never };
  export = utils;
}
declare module '@mixmark-io/domino/lib/index.js' {
  interface LibraryClass {
    readonly prototype: object;
  }
  const domino: {
    createDocument(html: string): object;
    readonly impl: Readonly<Record<string, LibraryClass>>;
  };
  export = domino;
}
