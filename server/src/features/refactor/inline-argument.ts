/** Replaces all uses of a build argument with its default value. */
import type { Document } from '../../model/document.ts';
import type { Symbol } from '../../model/model.ts';
import type { Assign, Instruction, Pair } from '../../syntax/tree.ts';
import { remove, replace } from '../../text/edit.ts';
import { contains, slice, span, type Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { predefined } from '../facts.ts';
import { quotesIn, type Quote } from './quoting.ts';
import { instructionsAt, type Refactoring } from './refactoring.ts';

/**
 * Only for an argument that is declared once, alone on its line, with a plain default value, and used without
 * operators.
 */
export function inlineArgument(document: Document, place: Span): readonly Refactoring[] {
  const [only, second] = instructionsAt(document, place);
  if (only?.kind !== 'ARG' || second) return [];
  const [pair, other] = only.pairs;
  const value = pair?.value;
  if (!pair || !value || other || predefined(pair.key.text)) return [];
  if (value.variables.length > 0 || !/^[\w.:/@+-]+$/.test(value.text)) return [];
  const symbol = document.model.symbolAt(pair.key.span.start);
  const reads = symbol && readsOf(document, symbol, pair);
  if (!reads || reads.length === 0) return [];
  return [
    {
      title: titleOf(document, only, pair),
      kind: 'refactor.inline',
      edits: [remove(lineOf(document, only)), ...reads.map((read) => replace(read, value.text))],
    },
  ];
}

function titleOf({ model }: Document, argument: Assign, { key, value }: Pair): string {
  const stage = model.stageOf(argument);
  const below = stage?.instructions.filter((one) => one.span.start > argument.span.end) ?? [];
  const affectsCommands =
    below.some((one) => one.kind === 'RUN') || stage?.usedBy.some((one) => one.kind === 'FROM');
  return affectsCommands === true
    ? t('Inline `ARG {1}` as `{0}` (no longer available to commands)', value?.text ?? '', key.text)
    : t(
        'Inline `ARG {1}` as `{0}` (can no longer be set with --build-arg)',
        value?.text ?? '',
        key.text,
      );
}

/** The places of `$NAME` and `${NAME}`; undefined if the argument is used in another way. */
function readsOf(
  document: Document,
  { uses, kind }: Symbol,
  { key }: Pair,
): readonly Span[] | undefined {
  const { model, text } = document;
  if (kind !== 'variable') return undefined;
  const others = uses.filter((use) => !contains(key.span, use.span.start));
  const all = model.symbols.filter((one) => one.kind === 'variable' && one.name === key.text);
  if (all.length !== 1 || others.some(({ role }) => role !== 'read')) return undefined;
  const reads: Span[] = [];
  let quotes: { readonly of: Instruction; readonly at: (offset: number) => Quote } | undefined;
  for (const { span: place } of others) {
    const read = readSpan(text, place);
    const instruction = model.instructionAt(place.start);
    if (!read || !instruction || text.charAt(read.start - 1) === '\\') return undefined;
    // The uses are in the order of the text, so that the quotes of each instruction are read once.
    if (quotes?.of !== instruction)
      quotes = { of: instruction, at: quotesIn(slice(text, instruction.span)) };
    const isInHeredoc = instruction.heredocs.some(({ body }) => contains(body, place.start));
    if (isInHeredoc || quotes.at(read.start - instruction.span.start) === "'") return undefined;
    reads.push(read);
  }
  return reads;
}

function readSpan(text: string, { start, end }: Span): Span | undefined {
  if (text.charAt(start - 1) === '$') return span(start - 1, end);
  const braced = text.slice(start - 2, start) === '${' && text.charAt(end) === '}';
  return braced ? span(start - 2, end + 1) : undefined;
}

function lineOf({ text }: Document, { span: place }: Assign): Span {
  const start = text.lastIndexOf('\n', place.start - 1) + 1;
  const end = text.indexOf('\n', place.end);
  return span(start, end < 0 ? text.length : end + 1);
}
