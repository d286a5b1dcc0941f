/** What commands and the sessions that they start can use. */
import type { BuildFacts, ContextNeeds, StageGraph } from '../../../contract/protocol.ts';
import type { Address } from '../engine/address.ts';
import type { BuilderSummary } from '../engine/builder-summary.ts';
import type { ContextStore } from '../engine/contexts.ts';
import type { Credentials } from '../engine/credentials.ts';
import type { Engine } from '../engine/engine.ts';
import type { EngineError } from '../engine/errors.ts';
import type { Builds } from './builds.ts';
import type { Editor } from './editor.ts';
import type { FileTools } from './files.ts';

export interface Tools {
  /** Connected on first use; rejects with EngineError. */
  readonly engine: () => Promise<Engine>;
  /** Drops the connection and connects again. */
  readonly reconnect: () => Promise<void>;
  readonly editor: Editor;
  /** Loaded with the first build. */
  readonly builds: () => Promise<Builds>;
  /** Files of containers, volumes and images; loaded when they are first needed. */
  readonly files: () => Promise<FileTools>;
  /** The contexts of the Docker CLI. */
  readonly contexts: () => Promise<ContextStore>;
  readonly logins: () => Promise<Logins>;
  /** The builders besides the engine itself; does not reject. */
  readonly builders?: () => Promise<readonly BuilderSummary[]>;
  /** Sizes of volumes in bytes by name; only those that have been computed. */
  readonly volumeSizes: Map<string, number>;
  /** The engine address of this window, and the error if the connection failed. */
  readonly connectionState: () => Promise<ConnectionState>;
  /** The stages of an open Dockerfile; undefined if it has none or is not open. */
  readonly stageGraph?: (path: string) => Promise<StageGraph | undefined>;
  /** What the instructions of a Dockerfile with this text read from its build context. */
  readonly contextNeeds?: (path: string, text: string) => Promise<ContextNeeds | undefined>;
  /** What a build of a Dockerfile with this text can be given; undefined if the language server does not run. */
  readonly buildFacts?: (path: string, text: string) => Promise<BuildFacts | undefined>;
}

/** Registry credentials, stored where the Docker CLI stores them. */
export interface Logins {
  /** Resolves to the place where the credentials are stored. */
  save(credentials: Credentials): Promise<'helper' | 'file'>;
  remove(host: string): Promise<void>;
  /** The hosts that credentials are stored for. */
  list(): Promise<readonly string[]>;
}

export interface ConnectionState {
  /** Absent if the configured address is invalid. */
  readonly address?: Address;
  readonly error?: EngineError;
}

/** The files that a command was called on, as absolute paths, and what else is known of the call. */
export interface Files {
  readonly paths: readonly string[];
  /** The stage in the first file, if the command was called on a stage. */
  readonly stage?: string;
  /** The ids of the groups among the selected rows; their members are among the objects. */
  readonly groups?: readonly string[];
}
