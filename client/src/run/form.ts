/** A form as data: its fields, their values, and the problems in them. */

export type Row = Readonly<Record<string, string | boolean>>;
export type Value = string | boolean | readonly Row[];
export type Values = Readonly<Record<string, Value>>;

interface Named {
  readonly id: string;
  readonly label: string;
  /** What it is for; code is in backquotes. */
  readonly about?: string;
  /** The option in the command. */
  readonly flag?: string;
  /** Where its value comes from, after the label. */
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
    | {
        readonly kind: 'lines';
        readonly placeholder?: string;
        readonly add?: string;
      }
    | { readonly kind: 'choice'; readonly options: readonly Option[] }
    | { readonly kind: 'check' }
    | {
        readonly kind: 'rows';
        readonly columns: readonly Column[];
        readonly add: string;
        readonly remove: string;
        /** Label of a link that asks for a value and adds it. */
        readonly browse?: string;
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
  /** Relative width. */
  readonly width?: number;
}

export interface Section {
  readonly title: string;
  readonly fields: readonly Field[];
}

export interface Action {
  readonly id: string;
  readonly label: string;
  readonly primary?: true;
}

export interface Form {
  readonly title: string;
  /** What it is about, in the order of importance. */
  readonly facts?: readonly string[];
  readonly sections: readonly Section[];
  /** Heading of the command. */
  readonly line: { readonly label: string; readonly hint: string };
  /** What people could search for. */
  readonly example: string;
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

/** What the form shows for its values. */
export interface Reading {
  readonly form: Form;
  /** The values from which changed ones differ. */
  readonly defaults: Values;
  /** The command for these values. */
  readonly line: string;
  readonly marks: readonly Mark[];
}
