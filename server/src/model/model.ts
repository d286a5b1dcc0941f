/** What a Dockerfile means: stages, what holds at an instruction, variables, symbols. Built once a text. */
import type { Image } from '../images/image.ts';
import type { Dialect, Met, Script } from '../shell/script.ts';
import type {
  Dockerfile,
  From,
  Instruction,
  Kind,
  Of,
  Run,
  Variable,
  Word,
} from '../syntax/tree.ts';
import type { Expansion } from '../syntax/expand.ts';
import type { Marks } from '../text/fingerprint.ts';
import type { Node, Span } from '../text/span.ts';
import type { Value } from './values.ts';

export interface Binding {
  readonly name: string;
  /** Where the value comes from. */
  readonly from: Of<'ARG'> | Of<'ENV'> | 'base' | 'predefined';
  /** Undefined where it can not be known. */
  readonly value?: string;
}

/** What holds at one instruction. */
export interface State {
  readonly user: Word | undefined;
  /** Absolute where it can be known. */
  readonly workdir: string | undefined;
  readonly shell: { readonly argv: readonly string[]; readonly dialect: Dialect | undefined };
  /** What a container starts, by this file; what the base image starts is not known. */
  readonly entrypoint: Of<'ENTRYPOINT'> | undefined;
  readonly cmd: Of<'CMD'> | undefined;
  readonly variables: ReadonlyMap<string, Binding>;
}

export interface Stage {
  readonly kind: 'stage';
  readonly index: number;
  readonly from: From;
  readonly name?: string | undefined;
  /** Another stage, an image, or undefined: scratch or not knowable. */
  readonly base: Stage | Image | undefined;
  /** The image word with global ARG defaults put in; undefined where one has no value. */
  readonly image: string | undefined;
  /** Without the FROM itself, ONBUILD wrappers included. */
  readonly instructions: readonly Instruction[];
  readonly usedBy: readonly (From | Of<'COPY'> | Of<'ADD'> | Run)[];
  /** Whether the target needs it; BuildKit leaves out what it does not need. */
  readonly reachable: boolean;
}

/** A name in `COPY --from` or `RUN --mount from=`. */
export interface Reference extends Node {
  readonly instruction: Of<'COPY'> | Of<'ADD'> | Run;
  /** As written; variables are not put in. */
  readonly name: string;
  /** A stage above, or else an image, unless the build is given a context of this name; undefined for what is neither. */
  readonly to: Stage | Image | undefined;
}

export interface SymbolUse extends Node {
  readonly role: 'definition' | 'read' | 'write';
}
export interface Symbol {
  readonly kind: 'stage' | 'variable' | 'heredoc';
  readonly name: string;
  readonly uses: readonly SymbolUse[];
}

/** A command in a RUN, with where it runs. */
export interface CommandAt extends Met {
  readonly run: Run;
  readonly stage: Stage | undefined;
}

export interface Model {
  readonly tree: Dockerfile;
  readonly stages: readonly Stage[];
  /** The stage built when none is named: the last. */
  readonly target: Stage | undefined;
  /** Instructions of these kinds in order, triggers of ONBUILD included; all of them when none is named. */
  each<K extends Kind>(...kinds: readonly K[]): readonly Of<K>[];
  /** What kinds of instructions there are at all, those of triggers included. */
  kinds(): Iterable<Kind>;
  /** Commands of these names in RUN instructions and their heredocs; all of them when none is named. */
  commands(...names: readonly (string | RegExp)[]): readonly CommandAt[];
  /** The names that commands in RUN go by, each once. */
  commandNames(): Iterable<string>;
  /** Of these names, those in one RUN. */
  commandsIn(run: Run, ...names: readonly (string | RegExp)[]): readonly CommandAt[];
  /** False where the text has none of the words, in whatever case; true tells nothing. */
  mayHave(words: readonly Marks[]): boolean;
  /** No character of the text is beyond ASCII. */
  isAscii(): boolean;
  /** The parsed script of a shell-form RUN, CMD, ENTRYPOINT or HEALTHCHECK. */
  script(instruction: Instruction): Script | undefined;
  /** The stage whose instructions hold it; ARGs before the first FROM have none. */
  stageOf(instruction: Instruction): Stage | undefined;
  /** What holds just before an instruction. */
  stateAt(instruction: Instruction): State;
  resolve(variable: Variable): Binding | undefined;
  /** What a variable is where it stands when no build argument is given. */
  valueOf(variable: Variable): Value;
  /** What BuildKit makes of a word when no build argument is given; undefined where that can not be known. */
  expand(word: Word): Expansion | undefined;
  /** Every stage's uses, every variable's: one entry a symbol. */
  readonly symbols: readonly Symbol[];
  symbolAt(offset: number): Symbol | undefined;
  /** The stage that a word in `COPY --from`, `RUN --mount from=` or FROM names, by name or index. */
  stageNamed(name: string, before?: number): Stage | undefined;
  /** Where instructions take files from, in order. */
  references(): readonly Reference[];
  /** The innermost instruction at an offset. */
  instructionAt(offset: number): Instruction | undefined;
}

export type { Span };
