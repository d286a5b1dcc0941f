/** LABEL: OCI keys that are not set yet, and values of keys for which they are known. */
import { licenseIds, commonLicenses } from '../../reference/licenses.ts';
import { labels } from '../../reference/words.ts';
import type { Assign, Pair } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { plain, type Completion } from './item.ts';
import type { Place } from './place.ts';

const prefix = 'org.opencontainers.image.';

/** Keys with known values. */
const withKnownValues = /\.(?:licenses|source|url|documentation)$/;

/** Completions in the arguments of LABEL. */
export function labelWords(place: Place, instruction: Assign): readonly Completion[] {
  const pair = instruction.pairs.findLast(({ key }) => key.span.end < place.offset);
  const span = pair && valueAt(place, pair);
  return pair && span ? values(place, { instruction, pair, span }) : keys(place, instruction);
}

function keys({ typed, word, document }: Place, { pairs }: Assign): readonly Completion[] {
  if (!/^[\w.-]*$/.test(typed)) return [];
  const used = new Set<string>();
  // Not the other keys: there can be a hundred thousand.
  for (const { key } of pairs) if (key.text.startsWith(prefix)) used.add(key.text);
  used.delete(typed);
  const hasValue = document.text.charAt(word.end) === '=';
  return labels
    .filter(({ name }) => !used.has(name))
    .map(({ name, documentation }) =>
      plain(name, word, {
        kind: 'label',
        detail: t(documentation),
        ...(!hasValue && { insert: `${name}="$1"` }),
        ...(!hasValue && withKnownValues.test(name) && { triggersCompletion: true as const }),
      }),
    )
    .map((item) => ({ ...item, snippet: !hasValue }));
}

/** From the start of the value, after its quote, to the cursor; undefined if the cursor is not in the value. */
function valueAt({ document: { text }, offset }: Place, pair: Pair): Span | undefined {
  const { key, value, legacy } = pair;
  const from = legacy ? value?.span.start : key.span.end + 1;
  if (from === undefined || from > offset) return undefined;
  if (value && offset > value.span.end) return undefined;
  if (!value && offset > from) return undefined;
  const quote = /["']/.test(text.charAt(from));
  if (quote && (offset === from || (value && offset === value.span.end && value.quote)))
    return undefined;
  return { start: quote ? from + 1 : from, end: offset };
}

interface ValueQuery {
  readonly instruction: Assign;
  readonly pair: Pair;
  readonly span: Span;
}

function values(place: Place, query: ValueQuery): readonly Completion[] {
  const { text } = place.document;
  const { pair, span } = query;
  if (!pair.key.text.startsWith(prefix)) return [];
  const name = pair.key.text.slice(prefix.length);
  const valueText = text.slice(span.start, span.end);
  if (name === 'licenses') return licenseWords(valueText, span);
  const whole = (label: string, detail: string, triggersCompletion = false): Completion =>
    plain(label, span, { detail, ...(triggersCompletion && { triggersCompletion }) });
  switch (name) {
    case 'source':
    case 'url':
    case 'documentation':
      return ['https://github.com/', 'https://gitlab.com/'].map((label) => plain(label, span));
    case 'base.name':
    case 'base.digest':
      return baseWords(place, query).map((label) => whole(label, t('base image of this stage')));
    default:
      return variableWords(place, query, name).map(({ label, value }) => whole(label, value));
  }
}

/** An expression consists of identifiers with operators between them. */
function licenseWords(expression: string, { end }: Span): readonly Completion[] {
  const typed = /[^\s()]*$/.exec(expression)?.[0] ?? '';
  const before = expression.slice(0, expression.length - typed.length).trim();
  const span = { start: end - typed.length, end };
  if (before !== '' && !/(?:^|\s|\()(?:AND|OR|\()$/i.test(before))
    return ['OR', 'AND', 'WITH'].map((label) => plain(label, span, { kind: 'keyword' }));
  const usual = new Set<string>(commonLicenses);
  return [...usual, ...licenseIds().filter((id) => !usual.has(id))].map((id) => plain(id, span));
}

function baseWords(
  { document: { model } }: Place,
  { instruction, pair }: ValueQuery,
): readonly string[] {
  const stage = model.stageOf(instruction);
  const { base, image } = stage ?? {};
  if (base?.kind !== 'image' || image === undefined) return [];
  if (pair.key.text.endsWith('.digest')) return base.digest === undefined ? [] : [base.digest];
  return [image.replace(/@.*/, '')];
}

/** Variables in scope whose names indicate the value of the label. */
const valuePatterns: Readonly<Record<string, RegExp>> = {
  version: /VERSION|(?:^|_)TAG$/i,
  revision: /REVISION|COMMIT|SHA|VCS_REF/i,
  created: /DATE|CREATED|TIME(?:STAMP)?$/i,
  'ref.name': /(?:^|_)(?:REF|TAG|BRANCH)(?:_|$)/i,
};

interface VariableValue {
  readonly label: string;
  readonly value: string;
}

function variableWords(
  { document: { model } }: Place,
  { instruction }: ValueQuery,
  name: string,
): readonly VariableValue[] {
  const pattern = Object.hasOwn(valuePatterns, name) ? valuePatterns[name] : undefined;
  if (pattern === undefined) return [];
  return [...model.stateAt(instruction).variables.values()]
    .filter((one) => pattern.test(one.name) && one.from !== 'base' && one.from !== 'predefined')
    .map((one) => ({ label: `$${one.name}`, value: one.value ?? t('variable in this file') }));
}
