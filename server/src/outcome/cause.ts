/** Why a build failed, and where. */
import type { BuildFailure } from '../../../contract/build.ts';
import type { Document } from '../model/document.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import type { BuildOptions } from './stage-bases.ts';

export interface TextFile {
  /** As it is shown to the user. */
  readonly path: string;
  readonly text: string;
}

/** What is known of a build that failed. */
export interface FailedBuild extends BuildOptions {
  readonly failure: BuildFailure;
  /** The output of the failed step; may contain terminal sequences. */
  readonly log: string;
  /** The ignore files that the builder may have used: that of the Dockerfile first. */
  readonly ignoreFiles?: readonly TextFile[];
  /** Paths of the build context relative to it, with `/`, including those that are ignored. */
  readonly contextNames?: readonly string[];
}

export type CauseKind =
  | 'command-not-found'
  | 'not-executable'
  | 'package-not-found'
  | 'file-not-found'
  | 'file-exists'
  | 'network'
  | 'archive'
  | 'permission'
  | 'disk-full'
  | 'memory'
  | 'script-syntax'
  | 'variable'
  | 'program'
  | 'exit'
  | 'source-not-found'
  | 'source-ignored'
  | 'target'
  | 'stage'
  | 'cycle'
  | 'secret'
  | 'image'
  | 'argument'
  | 'syntax'
  | 'shell'
  | 'user'
  | 'checksum'
  | 'other';

export interface RelatedPlace {
  readonly path: string;
  /** From 0. */
  readonly line: number;
  readonly message: string;
}

export interface CauseFix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** The file that is changed, as in `ignoreFiles`; absent: the Dockerfile. */
  readonly path?: string;
  readonly preferred: boolean;
}

/** What a part of this directory finds out about a failure. */
export interface Cause {
  readonly kind: CauseKind;
  readonly span: Span;
  readonly message: string;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly CauseFix[];
}

/** A failure at an instruction of a document whose text is the one that was built. */
export interface FailedInstruction {
  readonly document: Document;
  readonly instruction: Instruction;
  readonly build: FailedBuild;
  /** The lines of the log without terminal sequences and progress. */
  readonly lines: readonly string[];
  readonly exitCode: number | undefined;
}
