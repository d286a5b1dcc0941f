/** What a build shows in the text of its Dockerfile: the place of a failure, and what each instruction costs. */

/** UTF-16 offsets, the end exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface TextEdit extends TextRange {
  readonly text: string;
}

/** A change that solves a problem. */
export interface Fix {
  readonly title: string;
  /** The file to change; absent: the file with the problem. */
  readonly path?: string;
  /** The text of that file, which the offsets refer to. */
  readonly text?: string;
  readonly edits: readonly TextEdit[];
  /** Whether it is what most people would do. */
  readonly preferred: boolean;
}

export interface BuildProblem extends TextRange {
  readonly path: string;
  /** The text that was built, which all offsets refer to. */
  readonly text: string;
  /** It is removed when this is edited. */
  readonly instruction: TextRange;
  /** One sentence, and the last lines of the output below it. */
  readonly message: string;
  /** The kind of failure. */
  readonly code: string;
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
}

/** A line of another file. */
export interface RelatedPlace {
  readonly path: string;
  /** From 0. */
  readonly line: number;
  readonly message: string;
}

/** What an instruction cost, shown after its first line. */
export interface InstructionCostMark {
  readonly instruction: TextRange;
  /** `144 MB · 25.4 s`. */
  readonly text: string;
  /** The difference to the build before: `+9.1 s`. */
  readonly change?: { readonly text: string; readonly isBetter: boolean };
}

/** The total of a stage, shown above its FROM. */
export interface StageCostMark {
  readonly instruction: TextRange;
  readonly text: string;
  /** The text at this time, if it contains an age. */
  readonly textAt?: (now: Date) => string;
}

export interface BuildCosts {
  readonly path: string;
  /** The text that was built, which all offsets refer to. */
  readonly text: string;
  readonly instructions: readonly InstructionCostMark[];
  readonly stages: readonly StageCostMark[];
}

/** An item in the status bar. */
export interface StatusItem {
  /** The text may contain icons such as `$(sync~spin)`. */
  show(text: string, tooltip: string): void;
  hide(): void;
}
