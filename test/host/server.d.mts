export declare const quietSettings: Readonly<Record<string, unknown>>;
export declare function temporaryFolder(): string;

export interface ServerOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly vsix?: string;
  readonly testMode?: boolean;
  readonly trustAll?: boolean;
  readonly port?: number;
  readonly data?: string;
}

export interface Server {
  readonly port: number;
  readonly data: string;
  readonly exited: Promise<number | null>;
  log(): string;
  close(): Promise<void>;
}

export declare function startServer(options?: ServerOptions): Promise<Server>;
export declare function workbenchAddress(
  server: Server, folder: string, payload?: readonly (readonly [string, string])[],
): string;
