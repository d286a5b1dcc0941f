/** A change that a person is offered. */
import type { Finding } from '../../lint/rule.ts';
import type { Edit } from '../../text/edit.ts';
import type { RefactorKind } from '../refactor/refactoring.ts';

export type ActionKind = 'quickfix' | RefactorKind | 'source.fixAll.drydock';

export interface Action {
  /** Says the result. */
  readonly title: string;
  readonly kind: ActionKind;
  readonly edits: readonly Edit[];
  /** The one that is taken when nobody chooses. */
  readonly preferred?: true;
  readonly fixes?: Finding;
}

/** Findings at a place, touching ones included. */
export function findingsAt(
  { start, end }: { readonly start: number; readonly end: number },
  findings: readonly Finding[],
): readonly Finding[] {
  return findings.filter(({ at: { span } }) => span.start <= end && start <= span.end);
}
