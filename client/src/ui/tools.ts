/** What commands and the sessions that they start are handed. */
import type { StageGraph } from '../../../contract/protocol.ts';
import type { Address } from '../engine/address.ts';
import type { ContextStore } from '../engine/contexts.ts';
import type { Credentials } from '../engine/credentials.ts';
import type { Engine } from '../engine/engine.ts';
import type { EngineError } from '../engine/errors.ts';
import type { Editor } from './editor.ts';

export interface Tools {
  /** Connected on first use; rejects with EngineError. */
  readonly engine: () => Promise<Engine>;
  /** Forgets the connection and finds the engine again. */
  readonly reconnect: () => Promise<void>;
  readonly editor: Editor;
  /** The contexts of the docker command line. */
  readonly contexts: () => Promise<ContextStore>;
  readonly logins: () => Promise<Logins>;
  /** Bytes of volumes by name, as far as they were measured. */
  readonly volumeSizes: Map<string, number>;
  /** Where this window looks for its engine, and what was wrong there. */
  readonly state: () => Promise<ConnectionState>;
  /** The stages of an open Dockerfile; undefined where it has none or is not open. */
  readonly stageGraph?: (path: string) => Promise<StageGraph | undefined>;
}

/** Who we are at registries, where the docker command line keeps it. */
export interface Logins {
  /** Says where it is kept. */
  save(credentials: Credentials): Promise<'helper' | 'file'>;
  remove(host: string): Promise<void>;
  /** Hosts. */
  list(): Promise<readonly string[]>;
}

export interface ConnectionState {
  /** Absent where what says it makes no sense. */
  readonly address?: Address;
  readonly trouble?: EngineError;
}

/** What the person had in hand when a command was called on files: absolute paths. */
export interface Files {
  readonly paths: readonly string[];
  /** The stage of the first, where it was called on one. */
  readonly stage?: string;
}
