/** The fields of a form and their values as the page shows them. */
import { t } from '@vscode/l10n';
import type {
  FormColumn,
  FormControl,
  FormError,
  FormMark,
  FormRow,
  FormState,
  FormValue,
  TextPart,
} from '../form/page.ts';
import { formTexts } from '../form/session.ts';
import type { Column, Field, Form, Mark, Reading, Row, Value, Values } from './form.ts';
import { lineTokens } from './line-tokens.ts';

export interface ShownReading extends Reading {
  readonly values: Values;
}

type Offer = NonNullable<Mark['offer']>;

/** The field with this id. */
export function fieldOf(form: Form, id: string): Field | undefined {
  return form.sections.flatMap(({ fields }) => fields).find((field) => field.id === id);
}

/** The state of the page, and the fixes of its buttons by their ids. */
export function formState(
  read: ShownReading,
  isLineEditable: boolean,
): { readonly state: FormState; readonly offers: readonly Offer[] } {
  const { form, line, marks } = read;
  const offers: Offer[] = [];
  const shown = new Set(form.sections.flatMap(({ fields }) => fields.map(({ id }) => id)));
  const formMark = (mark: Mark): FormMark => pageMark(mark, offers);
  const rows = form.sections.flatMap(({ fields }, section) =>
    fields.map((field) => rowOf(field, String(section), { ...read, formMark })),
  );
  const errors = marks.filter(({ severity }) => severity === 'error');
  const state: FormState = {
    title: form.title,
    facts: form.facts ?? [],
    sections: form.sections.map(({ title }, section) => ({ id: String(section), title })),
    rows,
    line: {
      text: line,
      tokens: lineTokens(line),
      kept: [],
      marks: marks.filter(({ field }) => !shown.has(field)).map(formMark),
      ...(!isLineEditable && { fixed: true }),
    },
    errors: errors.map((mark) => errorOf(mark, form)),
    errorSummary: errorSummary(errors.length),
    actions: form.actions,
    texts: { ...formTexts(form.example, form.line.label), commandLineHint: form.line.hint },
  };
  return { state, offers };
}

function errorSummary(count: number): string {
  if (count === 0) return '';
  return count === 1 ? t('1 error:') : t('{0} errors:', count);
}

function errorOf({ field, row }: Mark, form: Form): FormError {
  const found = fieldOf(form, field);
  if (found === undefined) return { label: t('command line') };
  return {
    label: found.label.toLowerCase(),
    row: field,
    ...(row !== undefined && { item: row }),
  };
}

function pageMark({ severity, message, row, offer }: Mark, offers: Offer[]): FormMark {
  return {
    severity: severity === 'note' ? 'info' : severity,
    message,
    ...(row !== undefined && { item: row }),
    offers: offer === undefined ? [] : [{ id: String(offers.push(offer) - 1), label: offer.label }],
  };
}

interface RowContext extends ShownReading {
  readonly formMark: (mark: Mark) => FormMark;
}

function rowOf(
  field: Field,
  section: string,
  { values, defaults, marks, formMark }: RowContext,
): FormRow {
  const { id, label, flag, hint, about } = field;
  const value = values[id];
  const isList = field.kind === 'rows' || field.kind === 'lines';
  const own = marks.filter((mark) => mark.field === id);
  return {
    id,
    section,
    label,
    ...(hint !== undefined && { source: hint }),
    ...(flag !== undefined && { flag }),
    // A check box has the text beside it.
    description: field.kind === 'check' ? [] : [...partsOf(about ?? ''), ...linkOf(field)],
    control: controlOf(field, value),
    changed: comparable(value) !== comparable(defaults[id]),
    marks: own.map((mark) => {
      const { item, ...rest } = formMark(mark);
      return isList && item !== undefined ? { ...rest, item } : rest;
    }),
  };
}

function linkOf(field: Field): readonly TextPart[] {
  if (field.kind !== 'rows' || field.browse === undefined) return [];
  return [
    { kind: 'text', text: ' ' },
    { kind: 'link', text: field.browse, link: field.id },
  ];
}

/** The same text for values that mean the same. */
function comparable(value: Value | undefined): string {
  if (value === undefined || value === false) return '';
  return typeof value === 'string' ? value.trim() : JSON.stringify(Array.isArray(value) && value.length === 0 ? '' : value); // prettier-ignore
}

/** `code` in backquotes. */
function partsOf(text: string): readonly TextPart[] {
  return text
    .split('`')
    .map((part, index): TextPart => ({ kind: index % 2 === 0 ? 'text' : 'code', text: part }))
    .filter((part) => part.text !== '');
}

function controlOf(field: Field, value: Value | undefined): FormControl {
  switch (field.kind) {
    case 'text': {
      const { placeholder, choices } = field;
      return {
        kind: 'text',
        value: textOf(value),
        ...(placeholder !== undefined && { placeholder }),
        ...(choices && { suggestions: choices }),
      };
    }
    case 'choice':
      return { kind: 'select', value: textOf(value), options: field.options };
    case 'check':
      return { kind: 'check', value: value === true, text: field.about ?? field.label };
    case 'lines': {
      const add = field.add ?? t('Add, for example {0}', field.placeholder ?? '');
      return {
        kind: 'list',
        columns: [{ id: 'value', kind: 'text', width: 1 }],
        items: linesOf(value).map((line) => ({ cells: { value: line } })),
        add,
        remove: t('Remove {0}', '{0}'),
      };
    }
    case 'rows':
      return {
        kind: 'list',
        columns: field.columns.map(columnOf),
        items: rowsOf(value).map((row) => ({
          cells: cellsOf(row),
          placeholders: Object.fromEntries(
            field.columns.map(({ id, placeholder = '' }) => [id, placeholder]),
          ),
        })),
        add: field.add,
        remove: field.remove,
      };
  }
}

function columnOf({ id, label, kind, options, width = 1 }: Column): FormColumn {
  if (kind === 'check') {
    const answers = [
      { value: '', label: t('no') },
      { value: 'true', label: t('yes') },
    ];
    return { id, label, kind: 'select', options: answers, width };
  }
  return {
    id,
    label,
    kind: kind === 'choice' ? 'select' : 'text',
    width,
    ...(options && { options }),
  };
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

function linesOf(value: Value | undefined): readonly string[] {
  const text = textOf(value);
  return text === '' ? [] : text.split('\n');
}

function rowsOf(value: Value | undefined): readonly Row[] {
  return Array.isArray(value) ? (value as readonly Row[]) : [];
}

/** The rows of a table that have any text. */
export function withoutEmptyRows(value: Value | undefined): readonly Row[] {
  return rowsOf(value).filter(
    (row) =>
    Object.entries(row).some(([id, cell]) => id !== 'type' && id !== 'how' && cell !== '' && cell !== false), // prettier-ignore
  );
}

function cellsOf(row: Row): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(row).map(([id, cell]) => [id, cell === true ? 'true' : cell === false ? '' : cell]), // prettier-ignore
  );
}

/** The value of a field from that of its control. */
export function valueFromControl(field: Field, value: FormValue): Value {
  switch (field.kind) {
    case 'check':
      return value === true;
    case 'lines':
      return itemsOf(value)
        .map(({ value: line = '' }) => line.replace(/[\r\n]+/g, ' '))
        .join('\n');
    case 'rows':
      return itemsOf(value).map((item) => {
        const cells = Object.fromEntries(Object.entries(item).filter(([id]) => id !== 'given'));
        const checks = field.columns.filter(({ kind }) => kind === 'check');
        return { ...cells, ...Object.fromEntries(checks.map(({ id }) => [id, cells[id] === 'true'])) }; // prettier-ignore
      });
    default:
      return typeof value === 'string' ? value : '';
  }
}

function itemsOf(value: FormValue): readonly Readonly<Record<string, string>>[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly (string | Readonly<Record<string, string>>)[]).filter(
    (item) => typeof item !== 'string',
  );
}
