/** A code action. */
import type { Finding } from '../../lint/rule.ts';
import type { Edit } from '../../text/edit.ts';
import { ObjectCache } from '../../text/object-cache.ts';
import { firstNotLess } from '../../text/sorted.ts';
import type { Span } from '../../text/span.ts';
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

/** For each finding, the farthest end up to it. An editor requests actions wherever the cursor goes. */
const farthestEnds = new ObjectCache<readonly Finding[], readonly number[]>();

/** The findings that overlap or touch a place. */
export function findingsAt({ start, end }: Span, findings: readonly Finding[]): readonly Finding[] {
  let ends = farthestEnds.get(findings);
  if (ends === undefined) {
    let farthest = 0;
    ends = findings.map(({ at: { span } }) => (farthest = Math.max(farthest, span.end)));
    farthestEnds.set(findings, ends);
  }
  const here: Finding[] = [];
  for (let i = firstNotLess(ends, start); i < findings.length; i++) {
    const finding = findings[i] as Finding;
    const { span } = finding.at;
    // They are sorted by where they start.
    if (span.start > end) break;
    if (start <= span.end) here.push(finding);
  }
  return here;
}
