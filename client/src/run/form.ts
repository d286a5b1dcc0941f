/** A form as data, and the messages between its page and the extension. */
import type { PageDescription } from '../ui/page.ts';

export type Row = Readonly<Record<string, string | boolean>>;
export type Value = string | boolean | readonly Row[];
export type Values = Readonly<Record<string, Value>>;

interface Named {
  readonly id: string;
  readonly label: string;
  /** Shown below the field. */
  readonly hint?: string;
}

export type Field = Named &
  (
    | {
        readonly kind: 'text';
        readonly placeholder?: string;
        /** Suggestions. */
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
  /** The value in a new row. */
  readonly fresh?: string;
  /** Label of a button that asks the extension for a value. */
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
  /** Heading of the command; absent if the form has no command. */
  readonly line?: { readonly label: string; readonly hint: string };
  readonly actions: readonly Action[];
}

export interface Mark {
  readonly field: string;
  /** Index of the row or line. */
  readonly row?: number;
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  /** A button that sets a value. */
  readonly offer?: {
    readonly label: string;
    readonly field: string;
    readonly row?: number;
    readonly column?: string;
    readonly value: string;
  };
}

/** Messages to the page. */
export type ToForm =
  | { readonly kind: 'show'; readonly form: Form }
  | { readonly kind: 'values'; readonly values: Values }
  | {
      readonly kind: 'checked';
      readonly line: string;
      readonly marks: readonly Mark[];
      readonly version: number;
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

/** Messages from the page. */
export type FromForm =
  | { readonly kind: 'ready' }
  | { readonly kind: 'changed'; readonly values: Values; readonly version: number }
  | { readonly kind: 'pasted'; readonly line: string }
  | {
      readonly kind: 'browse';
      readonly field: string;
      readonly row: number;
      readonly column: string;
    }
  | { readonly kind: 'do'; readonly action: string; readonly values: Values };

/** Validates a message, because pages are not trusted. */
export function isFromForm(message: unknown): message is FromForm {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  const { kind } = message;
  const fields = message as Readonly<Record<string, unknown>>;
  const isValues = (value: unknown) => typeof value === 'object' && value !== null;
  if (kind === 'ready') return true;
  if (kind === 'changed') return isValues(fields.values) && typeof fields.version === 'number';
  if (kind === 'pasted') return typeof fields.line === 'string';
  if (kind === 'do') return typeof fields.action === 'string' && isValues(fields.values);
  return (
    kind === 'browse' &&
    typeof fields.field === 'string' &&
    typeof fields.row === 'number' &&
    typeof fields.column === 'string'
  );
}

export const formPage: PageDescription<FromForm> = { name: 'form', accepts: isFromForm };
