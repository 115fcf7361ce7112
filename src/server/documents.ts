/** Why this file exists: the open documents, kept in step with the editor edit by edit, and found by URI or by path. */
import { TextDocuments, type Connection } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { pathOfUri, uriOfPath } from './paths';

/** An open document, with the path that stands for it. */
export interface OpenDocument {
  readonly uri: string;
  readonly path: string;
  readonly version: number;
  /** The document as it is now; it does not change with later edits. */
  snapshot(): TextDocument;
}

/** What happened to a document, for those who keep something about it. */
export type DocumentEvent =
  | { readonly kind: 'changed'; readonly document: OpenDocument }
  | { readonly kind: 'closed'; readonly uri: string; readonly path: string };

export class Documents {
  readonly #synchronized = new TextDocuments(TextDocument);
  readonly #listeners = new Set<(event: DocumentEvent) => void>();

  constructor() {
    this.#synchronized.onDidChangeContent(({ document }) => { this.#tell({ kind: 'changed', document: opened(document) }); });
    this.#synchronized.onDidClose(({ document }) => {
      this.#tell({ kind: 'closed', uri: document.uri, path: pathOfUri(document.uri, document.languageId) });
    });
  }

  listen(connection: Connection): void {
    this.#synchronized.listen(connection);
  }

  onEvent(listener: (event: DocumentEvent) => void): void {
    this.#listeners.add(listener);
  }

  get(uri: string): OpenDocument | undefined {
    const document = this.#synchronized.get(uri);
    return document && opened(document);
  }

  all(): readonly OpenDocument[] {
    return this.#synchronized.all().map(opened);
  }

  /** The texts as the editor has them, by path: what is on disk may be older. */
  overlay(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.all().map((open) => [open.path, open.snapshot().getText()]));
  }

  /** The open document that a path stands for. */
  atPath(path: string): OpenDocument | undefined {
    return this.all().find((document) => document.path === path);
  }

  /** The URI that the editor uses for a path, open or not. */
  uriAt(path: string): string {
    return this.atPath(path)?.uri ?? uriOfPath(path);
  }

  #tell(event: DocumentEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function opened(document: TextDocument): OpenDocument {
  const { uri, languageId, version } = document;
  return {
    uri, path: pathOfUri(uri, languageId), version,
    snapshot: () => TextDocument.create(uri, languageId, document.version, document.getText()),
  };
}
