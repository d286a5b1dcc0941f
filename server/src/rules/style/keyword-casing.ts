/** BuildKit ConsistentInstructionCasing (frontend/dockerfile/linter): the majority decides, ties mean upper case. */
import { rule } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Write all instruction keywords in one casing',
  why: 'Keywords mean the same in any casing, but a file that mixes them is harder to scan. Upper case is the custom; a file that is mostly lower case stays so.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  also: { buildkit: ['ConsistentInstructionCasing'] },
  links: ['https://docs.docker.com/reference/build-checks/consistent-instruction-casing/'],
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
      note: 'Mostly lower case:',
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
    // Nearly every file is in capital letters throughout.
    if (instructions.every(isUpper)) return;
    const counted = instructions.filter((it) => hasVote(it, first));
    const count = (same: (keyword: string) => string): number =>
      counted.filter(({ keyword: { raw } }) => raw === same(raw)).length;
    const lower = count((raw) => raw.toLowerCase()) > count((raw) => raw.toUpperCase());
    for (const { keyword } of counted) {
      const wanted = lower ? keyword.raw.toLowerCase() : keyword.raw.toUpperCase();
      if (keyword.raw === wanted) continue;
      report({
        at: keyword,
        message: t('`{0}` is not in the casing of the other keywords', keyword.raw),
        fix: { title: t('Write {0}', wanted), edits: [replace(keyword.span, wanted)] },
      });
    }
  },
});

function isUpper({ kind, keyword: { raw } }: Instruction): boolean {
  return raw === kind || raw === raw.toUpperCase();
}

/** ARG before the first FROM has none, and a word that is no keyword can have none. */
function hasVote({ kind, span }: Instruction, first: Instruction | undefined): boolean {
  return kind !== 'unknown' && first !== undefined && span.start >= first.span.start;
}
