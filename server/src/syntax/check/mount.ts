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
  const { text } = value;
  const spanOf = partSpans(value);
  const pattern = /"((?:[^"]|"")*)"|[^,]*/y;
  for (let at = 0; at <= text.length; at = pattern.lastIndex + 1) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) break;
    const content = match[1]?.replaceAll('""', '"') ?? match[0];
    const quoteLength = match[1] === undefined ? 0 : 1;
    const equals = content.indexOf('=');
    const written = (equals < 0 ? content : content.slice(0, equals)).toLowerCase();
    fields.push({
      key: aliases.get(written) ?? written,
      written,
      value: equals < 0 ? undefined : content.slice(equals + 1),
      span: spanOf(at, pattern.lastIndex),
      valueSpan: spanOf(at + quoteLength + equals + 1, pattern.lastIndex - quoteLength),
    });
  }
  return fields;
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

/** Reports options that are not valid for this mount type (BuildKit commands_runmount.go, validateMount). */
function checkOptionsOfType(
  fields: readonly MountField[],
  { type, at }: { readonly type: string; readonly at: Word },
  errors: SyntaxTrouble[],
): void {
  const last = (key: string): MountField | undefined =>
    fields.findLast((field) => field.key === key && field.value !== '');
  for (const field of fields) {
    if (fileKeys.has(field.key) && (type === 'bind' || type === 'tmpfs')) {
      errors.push(trouble('mount-option', field, field.written, type));
    }
  }
  const sharing = last('sharing');
  if (sharing && type !== 'cache') errors.push(trouble('mount-option', sharing, 'sharing', type));
  if (type !== 'secret') return;
  const from = last('from');
  if (from) errors.push(trouble('mount-option', from, 'from', type));
  const source = last('source');
  if (!source && !last('target') && !last('id')) errors.push(trouble('secret-without-id', at));
  if (source && last('id')) errors.push(trouble('secret-source-and-id', source));
}

/** BuildKit commands_runmount.go, parseMount. */
export function checkMount(value: Word, errors: SyntaxTrouble[]): void {
  const fields = mountFields(value);
  let type = 'bind';
  let isTypeKnown = true;
  for (const field of fields) {
    if (field.key === 'type' && field.value !== undefined) {
      type = field.value.toLowerCase();
      isTypeKnown &&= mountTypes.some((one) => one.type === type);
    }
    const error = isTypeKnown || field.key === 'type' ? checkField(field, type) : undefined;
    if (error) errors.push(error);
  }
  if (isTypeKnown) checkOptionsOfType(fields, { type, at: value }, errors);
}
