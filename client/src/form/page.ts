/**
 * A form of options as data, and the messages between its page and the extension. The extension holds the options: the page
 * sends each change, and draws what it is sent.
 */
import type { PageDescription } from '../ui/page.ts';

/** What the page shows. */
export interface FormState {
  readonly title: string;
  /** What it is about, in the order of importance. */
  readonly facts: readonly string[];
  readonly sections: readonly { readonly id: string; readonly title: string }[];
  readonly rows: readonly FormRow[];
  readonly line: FormLine;
  /** The errors that prevent the action, for the foot. */
  readonly errors: readonly FormError[];
  /** Before the errors: `2 errors:`; empty without errors. */
  readonly errorSummary: string;
  /** The first row that must have a value and has none, also if that is not reported as an error yet. */
  readonly missing?: string;
  readonly actions: readonly FormAction[];
  readonly texts: FormTexts;
}

export interface FormTexts {
  readonly search: string;
  readonly changedOnly: string;
  /** With `{0}` for the name of the row. */
  readonly reset: string;
  readonly sections: string;
  readonly options: string;
  readonly nothingFound: string;
  readonly changedOptions: string;
  readonly hasError: string;
  readonly edit: string;
  readonly more: string;
  readonly commandLine: string;
  readonly commandLineHint: string;
  readonly copy: string;
  readonly paste: string;
  readonly kept: string;
  /** With `{0}` for the option. */
  readonly removeKept: string;
}

export interface FormRow {
  readonly id: string;
  readonly section: string;
  readonly label: string;
  /** Where the value comes from, after the label. */
  readonly source?: string;
  /** The option in the command. */
  readonly flag?: string;
  readonly description: readonly TextPart[];
  readonly control: FormControl;
  /** Whether the value differs from the default; it can then be reset. */
  readonly changed: boolean;
  readonly marks: readonly FormMark[];
}

/** A text, code, or a link that the extension follows. */
export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly link: string };

export type FormControl =
  | {
      readonly kind: 'text';
      readonly value: string;
      readonly placeholder?: string;
      /** Label of a button that asks for a value. */
      readonly browse?: string;
      readonly suggestions?: readonly string[];
    }
  | { readonly kind: 'select'; readonly value: string; readonly options: readonly FormOption[] }
  | { readonly kind: 'check'; readonly value: boolean; readonly text: string }
  | { readonly kind: 'checks'; readonly options: readonly FormCheck[]; readonly add: string }
  | FormList;

export interface FormOption {
  readonly value: string;
  readonly label: string;
}

export interface FormCheck extends FormOption {
  readonly note?: string;
  readonly checked: boolean;
}

export interface FormList {
  readonly kind: 'list';
  readonly columns: readonly FormColumn[];
  readonly items: readonly FormItem[];
  /** Placeholder of the row that adds items. */
  readonly add: string;
  readonly remove: string;
}

export interface FormColumn {
  readonly id: string;
  /** Heading; without headings the table has none. */
  readonly label?: string;
  readonly kind: 'text' | 'select' | 'note';
  readonly options?: readonly FormOption[];
  /** Relative width. */
  readonly width: number;
}

/** A row of a list. */
export interface FormItem {
  readonly cells: Readonly<Record<string, string>>;
  readonly placeholders?: Readonly<Record<string, string>>;
  /** Columns that cannot be edited; such an item cannot be removed, only its value can. */
  readonly fixed?: readonly string[];
  /** Whether a fixed item has a value, which can be removed. */
  readonly given?: boolean;
}

export interface FormMark {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** Index of the item. */
  readonly item?: number;
  /** Buttons that fix the problem. */
  readonly offers: readonly FormOffer[];
}

export interface FormOffer {
  readonly id: string;
  readonly label: string;
}

export interface FormLine {
  readonly text: string;
  /** Sorted, without overlaps. */
  readonly tokens: readonly LineToken[];
  readonly kept: readonly string[];
  readonly marks: readonly FormMark[];
  /** It cannot be edited. */
  readonly fixed?: true;
}

/** Offsets in UTF-16; the end is exclusive. */
export interface LineToken {
  readonly start: number;
  readonly end: number;
  readonly color?: 'program' | 'flag' | 'path' | 'number' | 'name' | 'image';
  readonly kept?: true;
  readonly error?: true;
}

export interface FormError {
  readonly label: string;
  /** Undefined for the command line. */
  readonly row?: string;
  readonly item?: number;
}

export interface FormAction {
  readonly id: string;
  readonly label: string;
  readonly primary?: true;
}

/** The value of a control; an item of a list is its cells, or undefined for a fixed item without a value. */
export type FormValue =
  string | boolean | readonly string[] | readonly Readonly<Record<string, string>>[];

/** Messages to the page. */
export type ToForm =
  | {
      readonly kind: 'state';
      readonly form: FormState;
      /** The last change of the page that it contains. */
      readonly version: number;
      /** The values of controls with the focus are replaced too. */
      readonly replaces: boolean;
    }
  | { readonly kind: 'busy'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
  /** Moves the focus to the first error. */
  | { readonly kind: 'showError' };

/** Messages from the page. */
export type FromForm = { readonly version: number } & (
  | { readonly kind: 'ready' }
  | { readonly kind: 'edit'; readonly row: string; readonly value: FormValue }
  /** Texts in the syntax of the command. */
  | { readonly kind: 'add'; readonly row: string; readonly texts: readonly string[] }
  | { readonly kind: 'reset' | 'browse'; readonly row: string }
  | { readonly kind: 'offer'; readonly offer: string }
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'removeKept'; readonly index: number }
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'copy' | 'paste' }
  | { readonly kind: 'do'; readonly action: string }
);

/** Validates a message, because pages are not trusted. */
export function isFromForm(message: unknown): message is FromForm {
  if (typeof message !== 'object' || message === null) return false;
  const fields = message as Readonly<Record<string, unknown>>;
  if (!Number.isSafeInteger(fields.version)) return false;
  switch (fields.kind) {
    case 'ready':
    case 'copy':
    case 'paste':
      return true;
    case 'edit':
      return typeof fields.row === 'string' && isValue(fields.value);
    case 'add':
      return typeof fields.row === 'string' && isTexts(fields.texts);
    case 'reset':
    case 'browse':
      return typeof fields.row === 'string';
    case 'offer':
      return typeof fields.offer === 'string';
    case 'line':
      return typeof fields.text === 'string';
    case 'removeKept':
      return Number.isSafeInteger(fields.index);
    case 'link':
      return typeof fields.link === 'string';
    case 'do':
      return typeof fields.action === 'string';
    default:
      return false;
  }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isValue(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || isTexts(value)) return true;
  return Array.isArray(value) && value.every(isCells);
}

function isCells(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((cell) => typeof cell === 'string');
}

/** The description of a page with this script. */
export function formPage(name: string): PageDescription<FromForm> {
  return { name, accepts: isFromForm };
}
