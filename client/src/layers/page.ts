/** The messages between the layers page and the extension. Used by both. */
import type { PageDescription } from '../ui/page.ts';

/** A part of a sentence: plain text, code, or a link. */
export interface Part {
  readonly text: string;
  readonly isCode?: true;
  /** A line of the Dockerfile, from 1, that the text links to; 0 is the file itself. */
  readonly line?: number;
}
export type Sentence = readonly Part[];

/** A number as text, and the value to sort by. */
export interface Figure {
  readonly text: string;
  readonly value: number;
}

export interface StepRow {
  /** Empty if the history does not record an instruction. */
  readonly keyword: string;
  readonly text: string;
  readonly source?: Part;
  readonly isBase: boolean;
}

export const figureColumns = ['size', 'time', 'added', 'changed', 'removed', 'wasted'] as const;
export type FigureColumn = (typeof figureColumns)[number];
export type Figures = Readonly<Partial<Record<FigureColumn, Figure>>>;

/** Which changes of a layer are listed. */
export const changeKinds = ['added', 'changed', 'removed'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface LayerRow extends StepRow {
  /** From 0, the lowest layer first. */
  readonly layer: number;
  readonly figures: Figures;
  /** The size as a fraction of the largest layer. */
  readonly share: number;
  /** Heading of its files. */
  readonly heading: string;
  /** Labels of the buttons that choose what is listed: `6,118 added`. */
  readonly counts: Readonly<Partial<Record<ChangeKind, string>>>;
}

/** An instruction without a layer. */
export interface OtherRow extends StepRow {
  /** The number of layers below it. */
  readonly after: number;
}

/** A part of the bar that shows the size of all layers. */
export interface Segment {
  readonly layer: number;
  readonly kind: 'base' | 'own' | 'wasted';
  readonly bytes: number;
  readonly label: string;
  readonly title: string;
}

/** A path with its size and what is to be said of it. */
export interface PlaceRow {
  readonly path: string;
  readonly size: string;
  readonly sentence: Sentence;
}

export type AnalysisState =
  /** Not started; the button says how much will be read. */
  | { readonly kind: 'offered'; readonly text: string; readonly button: string }
  | { readonly kind: 'running' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly text: string; readonly button: string };

export interface LayersView {
  readonly title: string;
  readonly facts: readonly Sentence[];
  /** The label of the button that builds the Dockerfile again; absent if it is not known. */
  readonly again?: string;
  /** The label of the button that compares the image with another one. */
  readonly compare: string;
  readonly totals: readonly { readonly label: string; readonly value: string }[];
  readonly segments: readonly Segment[];
  readonly layers: readonly LayerRow[];
  readonly others: readonly OtherRow[];
  readonly sum: { readonly layers: string; readonly others: string; readonly figures: Figures };
  /** Whether the times of instructions are known: of a build that this workspace has seen. */
  readonly hasTimes: boolean;
  readonly analysis: AnalysisState;
  /** Present after the analysis. */
  readonly wasted?: {
    readonly summary: string;
    readonly rows: readonly PlaceRow[];
    readonly more: string;
  };
  readonly biggest?: readonly PlaceRow[];
  /** Facts about the analysis that a person should know. */
  readonly notes: readonly string[];
}

export interface FileRow {
  /** Identifies the path in requests. */
  readonly node: number;
  readonly name: string;
  readonly isDirectory: boolean;
  readonly size: string;
  readonly change?: ChangeKind;
  /** Whether a later layer removes it. */
  readonly isLost: boolean;
  /** The letter of what happened to the path, and what it means. */
  readonly letter: string;
  readonly meaning: string;
  /** Mode and owner of a changed file, or the layer that removes it. */
  readonly note: string;
}

export type ShownChanges = Readonly<Record<ChangeKind, boolean>>;

export interface LayersTexts {
  readonly loading: string;
  readonly number: string;
  readonly instruction: string;
  readonly source: string;
  readonly columns: Readonly<Record<FigureColumn, string>>;
  /** Tooltip of the sort buttons; `{0}` is the column. */
  readonly sortBy: string;
  readonly sizeByLayer: string;
  readonly layers: string;
  readonly key: Readonly<Record<Segment['kind'], string>>;
  readonly search: string;
  readonly noMatch: string;
  readonly moreMatches: string;
  readonly files: string;
  readonly noFiles: string;
  readonly chooseLayer: string;
  readonly notAnalyzed: string;
  readonly collapse: string;
  /** `{0}` is a number. */
  readonly more: string;
  readonly wasted: string;
  readonly nothingWasted: string;
  readonly biggest: string;
  readonly cancel: string;
  readonly retry: string;
  readonly showOthers: string;
  readonly hideOthers: string;
}

/** Messages to the page. */
export type ToLayers =
  | { readonly kind: 'texts'; readonly texts: LayersTexts; readonly title: string }
  | { readonly kind: 'show'; readonly view: LayersView }
  | { readonly kind: 'progress'; readonly text: string; readonly fraction: number }
  | {
      readonly kind: 'files';
      readonly request: FilesRequest;
      readonly rows: readonly FileRow[];
      /** Rows of the directory, including those that were not requested. */
      readonly total: number;
    }
  | { readonly kind: 'found'; readonly text: string; readonly found: FoundPath }
  /** Selects a layer and moves to it. */
  | { readonly kind: 'reveal'; readonly layer: number }
  | { readonly kind: 'error'; readonly message: string };

export interface FoundPath {
  /** What the layers did with the path; empty if the image does not have exactly this path. */
  readonly answer: Sentence;
  /** Paths that contain the text. */
  readonly matches: readonly string[];
  readonly hasMore: boolean;
}

export interface FilesRequest {
  readonly layer: number;
  readonly node: number;
  readonly shown: ShownChanges;
  /** The number of rows that the page has. */
  readonly offset: number;
}

/** Messages from the page. */
export type FromLayers =
  | { readonly kind: 'ready' }
  | { readonly kind: 'analyze' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'again' }
  | { readonly kind: 'compare' }
  /** Reads everything again after an error. */
  | { readonly kind: 'retry' }
  | ({ readonly kind: 'files' } & FilesRequest)
  | { readonly kind: 'find'; readonly text: string }
  /** Requests to show a line of the Dockerfile, from 1; 0 is the file itself. */
  | { readonly kind: 'go'; readonly line: number };

/** Longer texts are not searched. */
const longestQuery = 8192;

/** Validates a message from the page, which is untrusted. */
export function isFromLayers(message: unknown): message is FromLayers {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  const one = message as Readonly<Record<string, unknown>>;
  switch (one.kind) {
    case 'ready':
    case 'analyze':
    case 'cancel':
    case 'again':
    case 'compare':
    case 'retry':
      return true;
    case 'files':
      return [one.layer, one.node, one.offset].every(isIndex) && isShown(one.shown);
    case 'find':
      return typeof one.text === 'string' && one.text.length <= longestQuery;
    case 'go':
      return isIndex(one.line);
    default:
      return false;
  }
}

function isIndex(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isShown(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return changeKinds.every((kind) => typeof (value as Record<string, unknown>)[kind] === 'boolean');
}

export const layersPage: PageDescription<FromLayers> = { name: 'layers', accepts: isFromLayers };
