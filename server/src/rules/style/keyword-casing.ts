/** BuildKit ConsistentInstructionCasing (frontend/dockerfile/linter): the majority decides, and a tie means uppercase. */
import { rule } from '../../lint/rule.ts';
import { otherCase } from '../../lint/parts.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use consistent casing for instruction keywords',
  why: 'Keywords are not case-sensitive, but a file with mixed casing is harder to read. Uppercase is the convention; in a file with mostly lowercase keywords, the others should be lowercase too.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  also: { buildkit: ['ConsistentInstructionCasing'] },
  links: ['https://docs.docker.com/reference/build-checks/consistent-instruction-casing/'],
  on: { parts: otherCase },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        «run» apk add --no-cache curl
        «Cmd» ["curl", "--version"]
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache curl
        CMD ["curl", "--version"]
      `,
    },
    {
      note: 'In a file with mostly lowercase keywords:',
      bad: dockerfile`
        from alpine:3.22
        run apk add --no-cache curl
        «CMD» ["curl", "--version"]
      `,
      good: dockerfile`
        from alpine:3.22
        run apk add --no-cache curl
        cmd ["curl", "--version"]
      `,
    },
  ],
  check({ model, report }) {
    const first = model.stages[0]?.from;
    const { instructions } = model.tree;
    // In nearly every file, all keywords are uppercase.
    if (instructions.every(isUpper)) return;
    const counted = instructions.filter((it) => isCounted(it, first));
    const count = (toCase: (keyword: string) => string): number =>
      counted.filter(({ keyword: { raw } }) => raw === toCase(raw)).length;
    const lower = count((raw) => raw.toLowerCase()) > count((raw) => raw.toUpperCase());
    for (const { keyword } of counted) {
      const expected = lower ? keyword.raw.toLowerCase() : keyword.raw.toUpperCase();
      if (keyword.raw === expected) continue;
      report({
        at: keyword,
        message: t('`{0}` does not match the casing of the other keywords', keyword.raw),
        fix: {
          title: t('Replace `{0}` with `{1}`', keyword.raw, expected),
          edits: [replace(keyword.span, expected)],
        },
      });
    }
  },
});

function isUpper({ kind, keyword: { raw } }: Instruction): boolean {
  return raw === kind || raw === raw.toUpperCase();
}

/** An ARG before the first FROM does not count, nor does a word that is not a keyword. */
function isCounted({ kind, span }: Instruction, first: Instruction | undefined): boolean {
  return kind !== 'unknown' && first !== undefined && span.start >= first.span.start;
}
