/** Extracts the instructions above a selection to a separate stage. */
import type { Document } from '../../model/document.ts';
import type { Stage } from '../../model/model.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { insert, replace, type Edit } from '../../text/edit.ts';
import { slice, type Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { indentOf, instructionsAt, newlineOf, type Refactoring } from './refactoring.ts';

/**
 * Splits a stage before the first instruction of a selection: `FROM image AS base` … `FROM base`. The second stage
 * inherits everything, so the image stays the same, and other stages can use the first.
 */
export function extractStage(document: Document, place: Span): readonly Refactoring[] {
  const [first] = instructionsAt(document, place);
  const stage = first && document.model.stageOf(first);
  if (!stage || place.start === place.end) return [];
  const at = stage.instructions.indexOf(first);
  if (at < 1 || !isEquivalent(document, stage, at)) return [];
  // A stage without steps has nothing to share.
  if (!stage.instructions.slice(0, at).some(({ kind }) => works.has(kind))) return [];
  const name = freeName(document);
  const edits = [...nameEdits(document, stage, name), fromEdit(document, { stage, first, name })];
  const title = t('Extract instructions above to stage `{0}`', name);
  return [{ title, kind: 'refactor.extract', edits }];
}

const works: ReadonlySet<Instruction['kind']> = new Set(['ADD', 'COPY', 'RUN']);

/**
 * Not possible with ONBUILD triggers, which would run in the new stage; with ENTRYPOINT after CMD, which it would
 * reset; and with numeric stage references, which would change.
 */
function isEquivalent({ model, tree }: Document, stage: Stage, at: number): boolean {
  const before = stage.instructions.slice(0, at);
  const after = stage.instructions.slice(at);
  const has = (list: readonly Instruction[], kind: Instruction['kind']): boolean =>
    list.some((one) => one.kind === kind);
  if (tree.errors.length > 0 || stage.from.image === undefined || has(before, 'ONBUILD'))
    return false;
  if (has(before, 'CMD') && has(after, 'ENTRYPOINT')) return false;
  return model.references().every(({ name }) => !/^\d+$/.test(name));
}

function freeName({ model }: Document): string {
  const usedNames = new Set(model.stages.map(({ name }) => name?.toLowerCase()));
  const candidate = (i: number): string => (i === 1 ? 'base' : `base${String(i)}`);
  let i = 1;
  while (usedNames.has(candidate(i))) i++;
  return candidate(i);
}

/** The old name moves to the complete stage, so that its users get the same files. */
function nameEdits({ text }: Document, { from }: Stage, name: string): readonly Edit[] {
  if (from.name) return [replace(from.name.span, name)];
  const as = asFor(slice(text, from.keyword.span));
  return from.image ? [insert(from.image.span.end, ` ${as} ${name}`)] : [];
}

/** `AS` in the case of a keyword. */
function asFor(keyword: string): string {
  return keyword === keyword.toUpperCase() ? 'AS' : 'as';
}

/** The start of the lines of comments directly above an instruction, which are about it. */
function aboveComments(text: string, { span }: Instruction): number {
  let start = text.lastIndexOf('\n', span.start - 1) + 1;
  while (start > 0) {
    const before = text.lastIndexOf('\n', start - 2) + 1;
    if (!/^[ \t]*#/.test(text.slice(before, start))) break;
    start = before;
  }
  return start;
}

function fromEdit(
  document: Document,
  {
    stage: { from },
    first,
    name,
  }: { readonly stage: Stage; readonly first: Instruction; readonly name: string },
): Edit {
  const { text } = document;
  const newline = newlineOf(text);
  const word = slice(text, from.keyword.span);
  const as = from.name ? ` ${asFor(word)} ${slice(text, from.name.span)}` : '';
  const flags = from.flags.map((flag) => `${slice(text, flag.span)} `).join('');
  const line = `${indentOf(text, from)}${word} ${flags}${name}${as}`;
  const at = aboveComments(text, first);
  const isAfterEmpty = /\n[ \t]*\r?\n$/.test(text.slice(Math.max(0, at - 100), at));
  return insert(at, `${isAfterEmpty ? '' : newline}${line}${newline}`);
}
