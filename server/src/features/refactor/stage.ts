/** What stands above as a stage of its own, on which the rest is built. */
import type { Document } from '../../model/document.ts';
import type { Stage } from '../../model/model.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { insert, replace, type Edit } from '../../text/edit.ts';
import { slice, type Span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { above, indentOf, instructionsAt, newlineOf, type Refactoring } from './refactoring.ts';

/**
 * Splits a stage before the first instruction of a selection: `FROM image AS base` … `FROM base`. The second inherits
 * everything, so the image stays the same; other targets can be built on the first.
 */
export function extractStage(document: Document, place: Span): readonly Refactoring[] {
  const [first] = instructionsAt(document, place);
  const stage = first && document.model.stageOf(first);
  if (!stage || place.start === place.end) return [];
  const at = stage.instructions.indexOf(first);
  if (at < 1 || !isSame(document, stage, at)) return [];
  const name = freeName(document);
  const edits = [...naming(document, stage, name), opening(document, { stage, first, name })];
  const title = t('Make a stage `{0}` of what stands above', name);
  return [{ title, kind: 'refactor.extract', edits }];
}

/**
 * Triggers would run in the new stage; ENTRYPOINT clears the CMD of stages below it; numbers of stages would be
 * others; a file between the two can not be told from FROM's flags.
 */
function isSame({ model, tree }: Document, stage: Stage, at: number): boolean {
  const up = stage.instructions.slice(0, at);
  const down = stage.instructions.slice(at);
  const has = (list: readonly Instruction[], kind: Instruction['kind']): boolean =>
    list.some((one) => one.kind === kind);
  if (tree.errors.length > 0 || stage.from.image === undefined || has(up, 'ONBUILD')) return false;
  if (has(up, 'CMD') && has(down, 'ENTRYPOINT')) return false;
  return model.references().every(({ name }) => !/^\d+$/.test(name));
}

function freeName({ model }: Document): string {
  const taken = new Set(model.stages.map(({ name }) => name?.toLowerCase()));
  const free = (i: number): string => (i === 1 ? 'base' : `base${String(i)}`);
  let i = 1;
  while (taken.has(free(i))) i++;
  return free(i);
}

/** The old name goes to the stage that holds all: those who use it get the same files. */
function naming({ text }: Document, { from }: Stage, name: string): readonly Edit[] {
  if (from.name) return [replace(from.name.span, name)];
  const capital = slice(text, from.keyword.span) === slice(text, from.keyword.span).toUpperCase();
  return from.image ? [insert(from.image.span.end, ` ${capital ? 'AS' : 'as'} ${name}`)] : [];
}

function opening(
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
  const as =
    from.as && from.name ? ` ${slice(text, from.as.span)} ${slice(text, from.name.span)}` : '';
  const flags = from.flags.map((flag) => `${slice(text, flag.span)} `).join('');
  const line = `${indentOf(text, from)}${word} ${flags}${name}${as}`;
  return insert(above(document, first), `${newline}${line}${newline}`);
}
