import { mountTypes } from '../../reference/instructions.ts';
import type { Span } from '../../text/span.ts';
import type { Word } from '../tree.ts';
import { trouble, type SyntaxTrouble } from '../trouble.ts';
import { partSpans } from './word-parts.ts';

/** One `key=value` of a mount. */
export interface MountField {
  /** In lowercase; an alias is replaced with the name of the option. */
  readonly key: string;
  readonly written: string;
  /** Undefined for options without a value, such as `ro`. */
  readonly value: string | undefined;
  readonly span: Span;
  readonly valueSpan: Span;
}

const aliases: ReadonlyMap<string, string> = new Map(
  mountTypes.flatMap(({ options }) =>
    options.flatMap((option) => option.aliases.map((alias) => [alias, option.name] as const)),
  ),
);
const knownKeys: ReadonlySet<string> = new Set(
  mountTypes.flatMap(({ options }) => options.map(({ name }) => name)),
);
/** The mount types for which BuildKit accepts an option. It ignores other options that have no effect for a type. */
const typesByKey: Readonly<Record<string, readonly string[]>> = {
  required: ['secret', 'ssh'],
  size: ['tmpfs'],
};
const keysWithoutValue: ReadonlySet<string> = new Set(['readonly', 'readwrite', 'required']);
const fileKeys: ReadonlySet<string> = new Set(['mode', 'uid', 'gid']);

/** The fields of a `--mount` value, which are comma-separated and may be quoted as in CSV. */
export function mountFields(value: Word): readonly MountField[] {
  const fields: MountField[] = [];
  const spanOf = partSpans(value);
  eachField(value.text, (place) => {
    fields.push(placed(readField(value.text, place), place, spanOf));
  });
  return fields;
}

/** Indices in the text of a mount. */
interface Place {
  readonly from: number;
  readonly to: number;
  /** The index of the first `=`, or -1. */
  readonly equals: number;
  /** 1 if the field is in quotes. */
  readonly quoteLength: 0 | 1;
}

/** Calls a function with the place of each field. Takes no more memory for a long list or a long quoted field. */
function eachField(text: string, visit: (place: Place) => void): void {
  for (let from = 0; from <= text.length;) {
    const quoteEnd = text.charCodeAt(from) === QUOTE ? closingQuote(text, from) : undefined;
    const quoteLength = quoteEnd === undefined ? 0 : 1;
    const comma = quoteEnd === undefined ? text.indexOf(',', from) : quoteEnd + 1;
    const to = comma < 0 ? text.length : comma;
    let equals = from + quoteLength;
    while (equals < to - quoteLength && text.charCodeAt(equals) !== EQUALS) equals++;
    if (equals >= to - quoteLength) equals = -1;
    visit({ from, to, equals, quoteLength });
    from = to + 1;
  }
}

const QUOTE = 34;
const EQUALS = 61;

/** The index of the quote that closes the one at an index: two of them in a row stand for one, except at the end. */
function closingQuote(text: string, open: number): number | undefined {
  let pair: number | undefined;
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== QUOTE) return at;
    pair = at;
  }
  return pair;
}

function readField(
  text: string,
  { from, to, equals, quoteLength }: Place,
): Pick<MountField, 'key' | 'written' | 'value'> {
  const end = to - quoteLength;
  const nameOf = text.slice(from + quoteLength, equals < 0 ? end : equals);
  const written = unquoted(nameOf, quoteLength).toLowerCase();
  const value = equals < 0 ? undefined : unquoted(text.slice(equals + 1, end), quoteLength);
  return { key: aliases.get(written) ?? written, written, value };
}

function unquoted(text: string, quoteLength: number): string {
  return quoteLength === 0 ? text : text.replaceAll('""', '"');
}

function placed(
  { key, written, value }: Pick<MountField, 'key' | 'written' | 'value'>,
  { from, to, equals, quoteLength }: Place,
  spanOf: ReturnType<typeof partSpans>,
): MountField {
  const valueStart = equals < 0 ? from + quoteLength : equals + 1;
  return {
    key,
    written,
    value,
    span: spanOf(from, to),
    valueSpan: spanOf(valueStart, to - quoteLength),
  };
}

/** Go's strconv.ParseBool. */
function isBoolean(value: string): boolean {
  return /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value);
}

function isValidValue(key: string, value: string): boolean {
  switch (key) {
    case 'type':
      return mountTypes.some(({ type }) => type === value.toLowerCase());
    case 'sharing':
      return ['shared', 'private', 'locked'].includes(value.toLowerCase());
    case 'mode':
      return /^[0-7]+$/.test(value) && parseInt(value, 8) < 2 ** 32;
    case 'uid':
    case 'gid':
      return /^\d+$/.test(value) && Number(value) < 2 ** 32;
    case 'size':
      return /^\d+(?:\.\d+)? ?(?:[kmgtpKMGTP]?(?:i?[bB])?)$/.test(value);
    case 'readonly':
    case 'readwrite':
    case 'required':
      return isBoolean(value);
    default:
      return true;
  }
}

function checkField(field: MountField, type: string): SyntaxTrouble | undefined {
  const { key, written, value, valueSpan } = field;
  if (key === 'from' && value !== undefined && /\$./.test(value)) {
    return trouble('from-variable', { span: valueSpan }, 'from');
  }
  if (value === undefined && !keysWithoutValue.has(key))
    return trouble('mount-field', field, written);
  if (!knownKeys.has(key)) return trouble('mount-key', field, written);
  if (typesByKey[key]?.includes(type) === false)
    return trouble('mount-option', field, written, type);
  // The value of a variable is known only at build time.
  if (value === undefined || value.includes('$') || isValidValue(key, value)) return undefined;
  const at = { span: valueSpan };
  if (key === 'type') return trouble('mount-type', at, value);
  if (key === 'sharing') return trouble('mount-sharing', at, value);
  return trouble('mount-value', at, written, value);
}

/** More errors of one mount are not reported: a list of a megabyte could have hundreds of thousands. */
const mostErrors = 1000;

/** What is checked when the type of the mount is known, which the last field can set. */
interface TypedFields {
  readonly forFiles: MountField[];
  /** The last field of each of these options that is not empty. */
  readonly last: Map<string, MountField>;
}

const typedKeys: ReadonlySet<string> = new Set(['sharing', 'from', 'source', 'target', 'id']);

function addTyped({ forFiles, last }: TypedFields, field: MountField): void {
  if (fileKeys.has(field.key) && forFiles.length < mostErrors) forFiles.push(field);
  else if (typedKeys.has(field.key) && field.value !== '') last.set(field.key, field);
}

/** Reports options that are not valid for this mount type (BuildKit commands_runmount.go, validateMount). */
function checkOptionsOfType(
  { forFiles, last }: TypedFields,
  { type, at }: { readonly type: string; readonly at: Word },
  errors: SyntaxTrouble[],
): void {
  if (type === 'bind' || type === 'tmpfs')
    for (const field of forFiles) errors.push(trouble('mount-option', field, field.written, type));
  const sharing = last.get('sharing');
  if (sharing && type !== 'cache') errors.push(trouble('mount-option', sharing, 'sharing', type));
  if (type !== 'secret') return;
  const from = last.get('from');
  if (from) errors.push(trouble('mount-option', from, 'from', type));
  const source = last.get('source');
  if (!source && !last.has('target') && !last.has('id'))
    errors.push(trouble('secret-without-id', at));
  if (source && last.has('id')) errors.push(trouble('secret-source-and-id', source));
}

/** BuildKit commands_runmount.go, parseMount. */
export function checkMount(value: Word, errors: SyntaxTrouble[]): void {
  const { text } = value;
  const spanOf = partSpans(value);
  const typed: TypedFields = { forFiles: [], last: new Map() };
  const state = { type: 'bind', isTypeKnown: true, left: mostErrors };
  eachField(text, (place) => {
    const read = readField(text, place);
    const { key } = read;
    if (key === 'type' && read.value !== undefined) {
      const type = read.value.toLowerCase();
      state.type = type;
      state.isTypeKnown &&= mountTypes.some((one) => one.type === type);
    }
    if (state.left === 0 && !fileKeys.has(key) && !typedKeys.has(key)) return;
    const field = placed(read, place, spanOf);
    addTyped(typed, field);
    const isChecked = state.left > 0 && (state.isTypeKnown || key === 'type');
    const error = isChecked ? checkField(field, state.type) : undefined;
    if (error === undefined) return;
    errors.push(error);
    state.left--;
  });
  if (state.isTypeKnown) checkOptionsOfType(typed, { type: state.type, at: value }, errors);
}
