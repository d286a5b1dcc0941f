/** A form as data, and what it and the extension tell each other. Known to both sides. */
import type { PageDescription } from '../ui/page.ts';

export type Row = Readonly<Record<string, string | boolean>>;
export type Value = string | boolean | readonly Row[];
export type Values = Readonly<Record<string, Value>>;

interface Named {
  readonly id: string;
  readonly label: string;
  /** Below the field, always there. */
  readonly hint?: string;
}

export type Field = Named &
  (
    | {
        readonly kind: 'text';
        readonly placeholder?: string;
        /** Offered while typing. */
        readonly choices?: readonly string[];
      }
    | { readonly kind: 'lines'; readonly placeholder?: string }
    | { readonly kind: 'choice'; readonly options: readonly Option[] }
    | { readonly kind: 'check' }
    | {
        readonly kind: 'rows';
        readonly columns: readonly Column[];
        readonly add: string;
        readonly remove: string;
      }
  );

export interface Option {
  readonly value: string;
  readonly label: string;
}

export interface Column {
  readonly id: string;
  readonly label: string;
  readonly kind: 'text' | 'choice' | 'check';
  readonly options?: readonly Option[];
  readonly placeholder?: string;
  /** What a new row begins with. */
  readonly fresh?: string;
  /** A button beside it that asks the extension for a value. */
  readonly browse?: string;
}

export interface Section {
  readonly title: string;
  readonly open: boolean;
  readonly fields: readonly Field[];
}

export interface Action {
  readonly id: string;
  readonly label: string;
  readonly primary?: true;
}

export interface Form {
  readonly title: string;
  readonly sections: readonly Section[];
  readonly values: Values;
  /** What stands above the line; absent where there is no line. */
  readonly line?: { readonly label: string; readonly hint: string };
  readonly actions: readonly Action[];
}

export interface Mark {
  readonly field: string;
  /** Of a list of rows or lines, counted from 0. */
  readonly row?: number;
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  /** Puts a value in a field. */
  readonly offer?: {
    readonly label: string;
    readonly field: string;
    readonly row?: number;
    readonly column?: string;
    readonly value: string;
  };
}

/** What the form is told. */
export type ToForm =
  | { readonly kind: 'show'; readonly form: Form }
  | { readonly kind: 'values'; readonly values: Values }
  | {
      readonly kind: 'checked';
      readonly line: string;
      readonly marks: readonly Mark[];
      readonly asked: number;
    }
  | { readonly kind: 'busy'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
  | {
      readonly kind: 'put';
      readonly field: string;
      readonly row: number;
      readonly column: string;
      readonly value: string;
    };

/** What the form tells. */
export type FromForm =
  | { readonly kind: 'ready' }
  | { readonly kind: 'changed'; readonly values: Values; readonly asked: number }
  | { readonly kind: 'pasted'; readonly line: string }
  | {
      readonly kind: 'browse';
      readonly field: string;
      readonly row: number;
      readonly column: string;
    }
  | { readonly kind: 'do'; readonly action: string; readonly values: Values };

/** What a page shows is data from a page: it is looked at before it is used. */
export function isFromForm(message: unknown): message is FromForm {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  const { kind } = message;
  const told = message as Readonly<Record<string, unknown>>;
  const isValues = (value: unknown) => typeof value === 'object' && value !== null;
  if (kind === 'ready') return true;
  if (kind === 'changed') return isValues(told.values) && typeof told.asked === 'number';
  if (kind === 'pasted') return typeof told.line === 'string';
  if (kind === 'do') return typeof told.action === 'string' && isValues(told.values);
  return (
    kind === 'browse' &&
    typeof told.field === 'string' &&
    typeof told.row === 'number' &&
    typeof told.column === 'string'
  );
}

export const formPage: PageDescription<FromForm> = { name: 'form', accepts: isFromForm };
