/** Renames what a name means, unless that would change what a build or a program does. */
import type { Document } from '../model/document.ts';
import { replace, type Edit } from '../text/edit.ts';
import { joinedParts } from '../syntax/joined-parts.ts';
import { contains, slice, type Span } from '../text/span.ts';
import { t } from '../text/translation.ts';
import { fixedReason, isSeenByPrograms, lineOf } from './rename/fixed-names.ts';
import { mentionsOf } from './rename/mentions.ts';
import { newNameReason } from './rename/new-name.ts';
import { targetAt, type Target } from './rename/target.ts';

/** Edits about which only a person can decide. */
export interface Question {
  /** Whether the edits are places where another program may read the name, or all places of a name that nothing here reads. */
  readonly about: 'mention' | 'unread';
  readonly reason: string;
  readonly edits: readonly Edit[];
}

export type Renamed =
  | {
      readonly edits: readonly Edit[];
      readonly questions: readonly Question[];
      readonly refused?: undefined;
    }
  | { readonly refused: string };

/** The span of the name at a place if it can be renamed, or why it cannot; undefined if there is nothing to rename. */
export function renameable(
  document: Document,
  offset: number,
): Span | { readonly refused: string } | undefined {
  const target = targetAt(document, offset);
  const use = target?.uses.find(({ span }) => contains(span, offset));
  if (target === undefined || use === undefined) return undefined;
  const refused = fixedReason(document, target);
  return refused === undefined ? use.span : { refused };
}

/** Undefined if there is nothing to rename; a message if it would change a meaning or the new name is invalid. */
export function rename(document: Document, offset: number, to: string): Renamed | undefined {
  const target = targetAt(document, offset);
  if (target === undefined) return undefined;
  const refused = fixedReason(document, target) ?? newNameReason(document, target, to);
  if (refused !== undefined) return { refused };
  const edits = target.uses.flatMap(({ span }) => replaceName(document, span, to));
  if (target.kind !== 'variable' || to === target.name) return { edits, questions: [] };
  return withQuestions(document, target, edits, to);
}

function withQuestions(
  document: Document,
  target: Target,
  edits: readonly Edit[],
  to: string,
): Renamed {
  const { name, uses } = target;
  const mentions = mentionsOf(document, target);
  const questions = mentions.map(({ span, kind }): Question => ({
    about: 'mention',
    reason:
      kind === 'code'
        ? t('Another program reads `{0}` on line {1}', name, lineOf(document, span.start))
        : t(
            '`{0}` is in text on line {1} that is not expanded here',
            name,
            lineOf(document, span.start),
          ),
    edits: [replace(span, to)],
  }));
  const sourced = sourcedLine(document, target);
  if (sourced !== undefined) {
    const reason = t('The file that line {1} sources may use `{0}`', name, sourced);
    return { edits: [], questions: [{ about: 'mention', reason, edits }, ...questions] };
  }
  const isRead = uses.some(({ role }) => role !== 'definition');
  // An environment variable that the file only sets is there for a program.
  return isRead || questions.length > 0 || !isSeenByPrograms(document, target)
    ? { edits, questions }
    : { edits: [], questions: [{ about: 'unread', reason: t('Programs may read `{0}`: this file only sets it', name), edits }] }; // prettier-ignore
}

/** The line of `. file` or `source file` after a variable of the script is set: the file has the same variables. */
function sourcedLine(document: Document, { script, uses }: Target): number | undefined {
  const first = uses[0]?.span.start;
  if (script === undefined || first === undefined) return undefined;
  const text = document.text.slice(first, script.instruction.span.end);
  const found = /(?:^|[\n;&|({]|\b(?:then|do|else))[ \t]*(?:source|\.)[ \t]+[^\s;&|]/.exec(text);
  return found ? lineOf(document, first + found.index + found[0].length - 1) : undefined;
}

/** The whole name becomes one word, unless there are comments between its parts: they stay where they are. */
function replaceName({ text, tree }: Document, place: Span, to: string): readonly Edit[] {
  const parts = joinedParts(text, place, tree.escape);
  const hasComment = parts.length > 1 && /\n[ \t]*#/.test(slice(text, place));
  if (!hasComment) return [replace(place, to)];
  return parts.map((part, index) => replace(part, index === 0 ? to : ''));
}
