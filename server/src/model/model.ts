/** What a Dockerfile means: stages, the state at an instruction, variables and symbols. Created once per text. */
import type { Image } from '../images/image.ts';
import type { NamedCommand } from '../shell/commands.ts';
import type { Dialect, CommandOccurrence, Script } from '../shell/script.ts';
import type { UseKind } from '../shell/variable-commands.ts';
import type {
  Dockerfile,
  From,
  Instruction,
  Kind,
  InstructionOf,
  Run,
  Variable,
  Word,
} from '../syntax/tree.ts';
import type { Expansion } from '../syntax/expand.ts';
import type { WordHashes } from '../text/fingerprint.ts';
import type { Node, Span } from '../text/span.ts';
import type { Reads } from './reads.ts';
import type { Value } from './values.ts';

export interface Binding {
  readonly name: string;
  /** Where the value comes from. */
  readonly from: InstructionOf<'ARG'> | InstructionOf<'ENV'> | 'base' | 'predefined';
  /** Undefined if it is not known. */
  readonly value?: string | undefined;
}

/** The state at an instruction. */
export interface State {
  readonly user: Word | undefined;
  /** An absolute path, if it is known. */
  readonly workdir: string | undefined;
  readonly shell: { readonly argv: readonly string[]; readonly dialect: Dialect | undefined };
  /** What a container starts according to this file; that of the base image is not known. */
  readonly entrypoint: InstructionOf<'ENTRYPOINT'> | undefined;
  readonly cmd: InstructionOf<'CMD'> | undefined;
  readonly variables: Pick<ReadonlyMap<string, Binding>, 'get' | 'has' | 'keys' | 'values'>;
}

export interface Stage {
  readonly kind: 'stage';
  readonly index: number;
  readonly from: From;
  readonly name?: string | undefined;
  /** Another stage or an image; undefined for scratch and if it is not known. */
  readonly base: Stage | Image | undefined;
  /** The image of FROM, expanded with the defaults of global ARGs; undefined if one has no value. */
  readonly image: string | undefined;
  /** Without FROM; with ONBUILD instructions. */
  readonly instructions: readonly Instruction[];
  readonly usedBy: readonly (From | InstructionOf<'COPY'> | InstructionOf<'ADD'> | Run)[];
  /** Whether the target requires it; BuildKit does not build other stages. */
  readonly reachable: boolean;
}

/** A name in `COPY --from` or `RUN --mount from=`. */
export interface Reference extends Node {
  readonly instruction: InstructionOf<'COPY'> | InstructionOf<'ADD'> | Run;
  /** As written; variables are not expanded. */
  readonly name: string;
  /** An earlier stage, or else an image, unless the build has a context with this name; undefined if it is neither. */
  readonly to: Stage | Image | undefined;
}

export interface SymbolUse extends Node {
  readonly role: 'definition' | 'read' | 'write';
  /** How a script uses it, if a script does. */
  readonly how?: UseKind | undefined;
}
export interface Symbol {
  readonly kind: 'stage' | 'variable' | 'heredoc';
  readonly name: string;
  readonly uses: readonly SymbolUse[];
}

/** A command in a RUN, with its instruction and stage. */
export interface CommandAt extends NamedCommand {
  readonly run: Run;
  readonly stage: Stage | undefined;
}

/** The parts of a model that are known from the start. */
export interface Layout {
  /** The stages in order. */
  readonly list: readonly Stage[];
  /** The kinds of the instructions in the file, including triggers, as a set of bits (reads.ts). */
  readonly allKinds: number;
  /** Whether a name in `--from` or `from=` is not an earlier stage. */
  readonly refersElsewhere: boolean;
}

export interface Model {
  readonly tree: Dockerfile;
  /**
   * The same tree, for what a change further down leaves as it is: the text of instructions that were read, what is above
   * them, the directives, and the line breaks of the file. Rules that read nothing else of the tree need not run again.
   */
  readonly source: Dockerfile;
  /** What was read so far of the file through this object and its stages. */
  readonly reads: Reads;
  readonly stages: readonly Stage[];
  /** The stage that is built by default: the last one. */
  readonly target: Stage | undefined;
  /** Instructions of these kinds in order, including triggers of ONBUILD; all of them if no kind is given. */
  each<K extends Kind>(...kinds: readonly K[]): readonly InstructionOf<K>[];
  /** What rules are selected by; reading it is not recorded. */
  readonly layout: Layout;
  /** Commands with these names in RUN instructions and their heredocs; all of them if no name is given. */
  commands(...names: readonly (string | RegExp)[]): readonly CommandAt[];
  /** The commands with these names in one RUN. */
  commandsIn(run: Run, ...names: readonly (string | RegExp)[]): readonly CommandAt[];
  /** Like `commandsIn`, for a single pass: does not read the scripts of other RUN instructions. */
  commandsOf(run: Run, ...names: readonly (string | RegExp)[]): readonly CommandOccurrence[];
  /**
   * False if the text contains none of the words, in any case. True means that it may contain one. A rule uses it to skip a
   * search that would find nothing.
   */
  mayContain(words: WordHashes, start?: number, end?: number): boolean;
  /** Whether the text contains only ASCII characters; it is not recorded that it was asked. */
  isAscii(): boolean;
  /** The parsed script of a shell-form RUN, CMD, ENTRYPOINT or HEALTHCHECK. */
  script(instruction: Instruction): Script | undefined;
  /** The same script, for a single pass over the file: that of a long file is not kept. */
  scriptOnce(instruction: Instruction): Script | undefined;
  /** The shell at the place of an instruction, without the rest of its state; undefined where it is not known. */
  shellAt(instruction: Node): State['shell'] | undefined;
  /** The stage of an instruction; ARGs before the first FROM have none. */
  stageOf(instruction: Instruction): Stage | undefined;
  /** The state directly before an instruction. */
  stateAt(instruction: Instruction): State;
  /** The declaration that a variable refers to; its instruction is searched if it is not given. */
  resolve(variable: Variable, instruction?: Instruction): Binding | undefined;
  /** The value of a variable at its place without build arguments. */
  valueOf(variable: Variable): Value;
  /** The word as BuildKit expands it without build arguments; undefined if it is not known. */
  expand(word: Word): Expansion | undefined;
  /** All stages, variables and heredocs with their uses. */
  readonly symbols: readonly Symbol[];
  symbolAt(offset: number): Symbol | undefined;
  /** The stage that a word in `COPY --from`, `RUN --mount from=` or FROM names, by name or index. */
  stageNamed(name: string, before?: number): Stage | undefined;
  /** The sources of files in `--from` and `from=`, in order. */
  references(): readonly Reference[];
  /** The innermost instruction at an offset. */
  instructionAt(offset: number): Instruction | undefined;
}

export type { Span };
