/** Colors and marks of the words in the command line. */
import type { LineToken } from '../../form/page.ts';
import { table, type OptionName } from '../options/table.ts';
import type { LinePart, Place } from '../line.ts';

/** The tokens of a line, sorted. `isWrong` says whether a value has an error. */
export function tokensOf(
  parts: readonly LinePart[],
  isWrong: (place: Place, index: number) => boolean,
): readonly LineToken[] {
  return parts
    .flatMap((part) => partTokens(part, isWrong))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
}

function partTokens(
  { place, index, words }: LinePart,
  isWrong: (place: Place, index: number) => boolean,
): readonly LineToken[] {
  if (place === 'program') {
    return words.map(({ start, end }) => ({ start, end, color: 'program' }));
  }
  const error = isWrong(place, index) ? { error: true as const } : {};
  if (place === 'context') {
    return words.map(({ start, end }) => ({ start, end, color: 'path', ...error }));
  }
  const isOption = place !== 'unknown' && place !== 'line';
  const kept = !isOption || table[place].field === undefined ? { kept: true as const } : {};
  const [first, second] = words;
  if (first === undefined) return [];
  const equals = first.text.startsWith('--') ? first.text.indexOf('=') : -1;
  if (equals < 0 || first.end - first.start < first.text.length) {
    const flag: LineToken = { start: first.start, end: first.end, color: 'flag', ...kept };
    return second === undefined
      ? [flag]
      : [flag, ...valueTokens(second, place, { ...kept, ...error })];
  }
  const at = first.start + equals;
  const value = { text: first.text.slice(equals + 1), start: at + 1, end: first.end };
  return [
    { start: first.start, end: at, color: 'flag', ...kept },
    { start: at, end: at + 1, ...kept },
    ...valueTokens(value, place, { ...kept, ...error }),
  ];
}

function valueTokens(
  { text, start, end }: { readonly text: string; readonly start: number; readonly end: number },
  place: Place,
  marks: Pick<LineToken, 'kept' | 'error'>,
): readonly LineToken[] {
  const color = Object.hasOwn(table, place) ? table[place as OptionName].color : undefined;
  if (color !== 'pair') {
    return [{ start, end, ...marks, ...(color !== undefined && { color }) }];
  }
  const equals = text.indexOf('=');
  // Quotes move the places: the whole word then has one color.
  if (equals < 0 || end - start !== text.length) return [{ start, end, color: 'name', ...marks }];
  const value = text.slice(equals + 1);
  const isPath = /^(?:[a-z]+:\/\/|[.~]?\/)/.test(value);
  return [
    { start, end: start + equals, color: 'name', ...marks },
    { start: start + equals, end: start + equals + 1, ...marks },
    { start: start + equals + 1, end, ...marks, ...(isPath && { color: 'path' as const }) },
  ];
}
