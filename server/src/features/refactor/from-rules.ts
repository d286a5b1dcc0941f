/** Fixes of rules that may be off, offered as refactorings. */
import type { Document } from '../../model/document.ts';
import { problemsOf, type Registered } from '../../lint/rule.ts';
import type { Span } from '../../text/span.ts';
import { instructionsAt, touches, type Refactoring } from './refactoring.ts';

/** Rules whose fixes are useful on request, even if the rule is off. */
const offeredRules: ReadonlySet<string> = new Set([
  'legacy-key-value',
  'copy-instead-of-add',
  'sort-packages',
  'cache-mount',
  'copy-heredoc',
  'label-grouped',
  'numeric-user',
  'healthcheck-json',
]);

/** The fixes of these rules for the instructions at a place. */
export function fromRules(
  document: Document,
  place: Span,
  rules: readonly Registered[],
): readonly Refactoring[] {
  const here = instructionsAt(document, place);
  if (here.length === 0) return [];
  return rules
    .filter(({ id, rule: { needs } }) => offeredRules.has(id) && needs === undefined)
    .flatMap(({ rule }) => problemsOf(rule, document.model))
    .flatMap(({ at, fix }): readonly Refactoring[] => {
      const isHere = here.some(({ span }) => touches(span, at.span));
      if (!isHere || !fix) return [];
      return [{ title: fix.title, kind: 'refactor.rewrite', edits: fix.edits }];
    });
}
