import type { Engine } from '../engine/engine.ts';

/** What the command line needs from the environment. */
export interface Io {
  readonly cwd: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal that supports colors. */
  readonly colors: boolean;
  out(text: string): void;
  err(text: string): void;
  /** Rejects with an Error whose message says why. */
  stdin(): Promise<Uint8Array>;
  /** The engine that the docker CLI would use. Rejects with EngineError. */
  connect(): Promise<Engine>;
  /** Aborted when the user cancels. */
  readonly signal: AbortSignal;
}
