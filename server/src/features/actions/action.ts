/** A code action. */
import type { Finding } from '../../lint/rule.ts';
import type { Edit } from '../../text/edit.ts';
import type { RefactorKind } from '../refactor/refactoring.ts';

export type ActionKind = 'quickfix' | RefactorKind | 'source.fixAll.drydock';

export interface Action {
  /** Names the edit. */
  readonly title: string;
  readonly kind: ActionKind;
  readonly edits: readonly Edit[];
  /** Applied by default. */
  readonly preferred?: true;
  readonly fixes?: Finding;
}

/** The findings that overlap or touch a place. */
export function findingsAt(
  { start, end }: { readonly start: number; readonly end: number },
  findings: readonly Finding[],
): readonly Finding[] {
  return findings.filter(({ at: { span } }) => span.start <= end && start <= span.end);
}
