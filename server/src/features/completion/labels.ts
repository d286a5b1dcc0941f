/** LABEL: keys of the OCI that are not set yet, and for those whose values are known, the values. */
import { licences, usualLicences } from '../../reference/licences.ts';
import { labels } from '../../reference/words.ts';
import type { Assign, Pair } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { plain, type Completion } from './item.ts';
import type { Place } from './place.ts';

const prefix = 'org.opencontainers.image.';

/** Keys behind whose `=` there is always something to offer. */
const always = /\.(?:licenses|source|url|documentation)$/;

/** What may stand at a place in the arguments of LABEL. */
export function labelWords(place: Place, instruction: Assign): readonly Completion[] {
  const pair = instruction.pairs.findLast(({ key }) => key.span.end < place.offset);
  const span = pair && valueAt(place, pair);
  return pair && span ? values(place, { instruction, pair, span }) : keys(place, instruction);
}

function keys({ typed, word, document }: Place, { pairs }: Assign): readonly Completion[] {
  if (!/^[\w.-]*$/.test(typed)) return [];
  const used = new Set(pairs.map(({ key }) => key.text));
  used.delete(typed);
  const valued = document.text.charAt(word.end) === '=';
  return labels
    .filter(({ name }) => !used.has(name))
    .map(({ name, documentation }) =>
      plain(name, word, {
        kind: 'label',
        detail: t(documentation),
        ...(!valued && { insert: `${name}="$1"` }),
        ...(!valued && always.test(name) && { again: true as const }),
      }),
    )
    .map((item) => ({ ...item, snippet: !valued }));
}

/** From where the value begins, behind its quote, to the cursor; undefined where the cursor is not in the value. */
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

interface Asked {
  readonly instruction: Assign;
  readonly pair: Pair;
  readonly span: Span;
}

function values(place: Place, asked: Asked): readonly Completion[] {
  const { text } = place.document;
  const { pair, span } = asked;
  if (!pair.key.text.startsWith(prefix)) return [];
  const name = pair.key.text.slice(prefix.length);
  const written = text.slice(span.start, span.end);
  if (name === 'licenses') return licenceWords(written, span);
  const whole = (label: string, detail: string, again = false): Completion =>
    plain(label, span, { detail, ...(again && { again }) });
  switch (name) {
    case 'source':
    case 'url':
    case 'documentation':
      return ['https://github.com/', 'https://gitlab.com/'].map((label) => plain(label, span));
    case 'base.name':
    case 'base.digest':
      return baseWords(place, asked).map((label) => whole(label, t('what FROM says')));
    default:
      return variableWords(place, asked, name).map(({ label, value }) => whole(label, value));
  }
}

/** An expression is made of identifiers; between them stand operators. */
function licenceWords(written: string, { end }: Span): readonly Completion[] {
  const typed = /[^\s()]*$/.exec(written)?.[0] ?? '';
  const before = written.slice(0, written.length - typed.length).trim();
  const span = { start: end - typed.length, end };
  if (before !== '' && !/(?:^|\s|\()(?:AND|OR|\()$/i.test(before))
    return ['OR', 'AND', 'WITH'].map((label) => plain(label, span, { kind: 'keyword' }));
  const usual = new Set<string>(usualLicences);
  return [...usual, ...licences().filter((id) => !usual.has(id))].map((id) => plain(id, span));
}

function baseWords(
  { document: { model } }: Place,
  { instruction, pair }: Asked,
): readonly string[] {
  const stage = model.stageOf(instruction);
  const { base, image } = stage ?? {};
  if (base?.kind !== 'image' || image === undefined) return [];
  if (pair.key.text.endsWith('.digest')) return base.digest === undefined ? [] : [base.digest];
  return [image.replace(/@.*/, '')];
}

/** Variables in scope that by their names hold what the label says. */
const held: Readonly<Record<string, RegExp>> = {
  version: /VERSION|(?:^|_)TAG$/i,
  revision: /REVISION|COMMIT|SHA|VCS_REF/i,
  created: /DATE|CREATED|TIME(?:STAMP)?$/i,
  'ref.name': /(?:^|_)(?:REF|TAG|BRANCH)(?:_|$)/i,
};

interface Held {
  readonly label: string;
  readonly value: string;
}

function variableWords(
  { document: { model } }: Place,
  { instruction }: Asked,
  name: string,
): readonly Held[] {
  const pattern = Object.hasOwn(held, name) ? held[name] : undefined;
  if (pattern === undefined) return [];
  return [...model.stateAt(instruction).variables.values()]
    .filter((one) => pattern.test(one.name) && one.from !== 'base' && one.from !== 'predefined')
    .map((one) => ({ label: `$${one.name}`, value: one.value ?? t('a variable of this file') }));
}
