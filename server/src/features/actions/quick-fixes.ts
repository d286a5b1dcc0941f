import type { Finding } from '../../lint/rule.ts';
import type { Span } from '../../text/span.ts';
import { findingsAt, type Action } from './action.ts';

/** The fixes of the findings at a place, followed by the alternative fixes. */
export function quickFixes(place: Span, findings: readonly Finding[]): readonly Action[] {
  const here = findingsAt(place, findings);
  const fixes = here.flatMap((finding): Action[] =>
    finding.fix
      ? [
          {
            ...asAction(finding, finding.fix),
            ...(finding.fix.safe !== false && { preferred: true }),
          },
        ]
      : [],
  );
  const others = here.flatMap((finding) =>
    (finding.others ?? []).map((fix) => asAction(finding, fix)),
  );
  return [...fixes, ...others];
}

function asAction(finding: Finding, { title, edits }: NonNullable<Finding['fix']>): Action {
  return { title, kind: 'quickfix', edits, fixes: finding };
}
