/** What networks and volumes have in common: a name, a driver with its options, and labels. */
import { t } from '@vscode/l10n';
import { printWords } from '../command-line/words.ts';
import type { Labels } from '../engine/objects.ts';
import type { Field, Form, Mark, Value, Values } from '../run/form.ts';

/** The first values of the fields; the driver is the one that the engine uses if none is given. */
export function driverValues(driver: string): Values {
  return { name: '', driver, options: '', labels: '' };
}

/** A form that creates an object; `line` is the label of its command line. */
export function createForm({
  line,
  ...form
}: Pick<Form, 'title' | 'sections' | 'example'> & { readonly line: string }): Form {
  return {
    ...form,
    line: { label: line, hint: t('Shows the values of the form.') },
    actions: [{ id: 'create', label: t('Create'), primary: true }],
  };
}

/** The fields of the name and the driver, whose first choice is the one that the engine uses if none is given. */
export function driverFields(choices: readonly string[], about?: string): readonly Field[] {
  return [
    { kind: 'text', id: 'name', label: t('Name') },
    {
      kind: 'text',
      id: 'driver',
      label: t('Driver'),
      flag: '--driver',
      ...(about !== undefined && { about }),
      choices,
      placeholder: choices[0] ?? '',
    },
  ];
}

/** The fields of the options of the driver, and of the labels. */
export function optionFields(placeholder: string, about?: string): readonly Field[] {
  return [
    {
      kind: 'lines',
      id: 'options',
      label: t('Driver options'),
      flag: '--opt',
      ...(about !== undefined && { about }),
      placeholder,
    },
    { kind: 'lines', id: 'labels', label: t('Labels'), flag: '--label', placeholder: 'name=value' },
  ];
}

/** What the values say about the driver, its options and the labels. */
interface DriverRequest {
  readonly name: string;
  readonly request: {
    readonly driver?: string;
    readonly options: Labels;
    readonly labels: Labels;
  };
  /** The command with these words between the driver and its options. */
  readonly line: (words: readonly string[]) => string;
  readonly marks: readonly Mark[];
}

interface DriverKind {
  /** The word after `docker`. */
  readonly object: 'network' | 'volume';
  /** The driver that the engine uses if none is given. */
  readonly usual: string;
  /** Why an object cannot have this name; undefined if it can. */
  readonly nameError: (name: string) => string | undefined;
}

/** Reads the values of the fields that networks and volumes have in common. */
export function readDriverFields(
  values: Values,
  { object, usual, nameError }: DriverKind,
): DriverRequest {
  const [name, driver] = [textOf(values.name), textOf(values.driver)];
  const options = pairsOf('options', '--opt', values.options);
  const labels = pairsOf('labels', '--label', values.labels);
  return {
    name,
    request: {
      ...(driver !== '' && { driver }),
      options: options.pairs,
      labels: labels.pairs,
    },
    line: (words) =>
      printWords([
        ...['docker', object, 'create'],
        ...(driver === '' || driver === usual ? [] : ['--driver', driver]),
        ...words,
        ...options.words,
        ...labels.words,
        ...(name === '' ? [] : [name]),
      ]),
    marks: [...errorMarks('name', nameError(name)), ...options.marks, ...labels.marks],
  };
}

/** The mark of a field that has an error; none without a message. */
export function errorMarks(field: string, message: string | undefined): readonly Mark[] {
  return message === undefined ? [] : [{ field, severity: 'error', message }];
}

interface Pairs {
  readonly pairs: Readonly<Record<string, string>>;
  /** The arguments of the command. */
  readonly words: readonly string[];
  readonly marks: readonly Mark[];
}

/** The text of a field without whitespace around it. */
export function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** The pairs in the lines of a field; a line without `=` has an empty value, as the docker CLI reads it. */
function pairsOf(field: string, flag: string, value: Value | undefined): Pairs {
  const lines = textOf(value)
    .split('\n')
    .map((line) => line.trim());
  const pairs = lines.map((line): readonly [string, string] => {
    const equals = line.indexOf('=');
    return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
  });
  const given = pairs.filter(([name]) => name !== '');
  return {
    pairs: Object.fromEntries(given),
    words: lines.filter((line) => line !== '').flatMap((line) => [flag, line]),
    marks: lines.flatMap((line, row): Mark[] =>
      line.startsWith('=')
        ? [{ field, row, severity: 'error', message: t('{0} has no name before =', line) }]
        : [],
    ),
  };
}
