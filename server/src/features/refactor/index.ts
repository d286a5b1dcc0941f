/** All refactorings, computed only on request. */
import type { Document } from '../../model/document.ts';
import type { Span } from '../../text/span.ts';
import { extractArgument } from './arguments.ts';
import { otherForm } from './exec-form.ts';
import { fromHeredoc, toHeredoc } from './heredoc.ts';
import { inlineArgument } from './inline-argument.ts';
import type { Finder, Refactoring, RefactorKind } from './refactoring.ts';
import { extractStage } from './stage.ts';
import { joinRuns, splitRun } from './steps.ts';

const finders: Readonly<Record<RefactorKind, readonly Finder[]>> = {
  'refactor.rewrite': [toHeredoc, fromHeredoc, joinRuns, splitRun, otherForm],
  'refactor.extract': [extractArgument, extractStage],
  'refactor.inline': [inlineArgument],
};

export const refactorKinds = Object.keys(finders) as readonly RefactorKind[];

/** The refactorings of one kind at a place. */
export function refactorings(
  document: Document,
  place: Span,
  kind: RefactorKind,
): readonly Refactoring[] {
  return finders[kind].flatMap((find) => find(document, place));
}
