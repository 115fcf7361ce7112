/**
 * Why this file exists: what we use of TypeScript 7's client, the only importer of its unstable entry points. It is
 * bundled apart, as dist/typescript-native/client.js, and loaded only where the native binary is.
 */
export {
  API,
  type Checker,
  type NodeHandle,
  ObjectFlags,
  type Project,
  type Signature,
  SignatureKind,
  type Snapshot,
  type Symbol,
  SymbolFlags,
  type Type,
  TypeFlags,
} from 'typescript-native/unstable/sync';
export { type Expression, type Node, type SourceFile, SyntaxKind } from 'typescript-native/unstable/ast';
export { version } from 'typescript-native/package.json';
