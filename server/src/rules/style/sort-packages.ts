/** tally sort-packages. Off: the order may be intended, and the image is the same. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { installOf, type Package } from '../../programs/install.ts';
import { systemManagers } from '../../programs/system-managers.ts';
import { gemLike } from '../../programs/gem.ts';
import { npmLike } from '../../programs/npm.ts';
import { pipLike } from '../../programs/pip.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

const names = [...systemManagers, ...pipLike, ...npmLike, ...gemLike];

export default rule({
  summary: 'Sort multi-line package lists',
  why: 'In a sorted list, duplicates are easy to see, and two branches that add packages rarely conflict in the same line.\n\nThis rule is off by default, because the order may be intended and does not change the image.',
  severity: 'off',
  fix: 'safe',
  since: '0.1.0',
  also: { tally: ['tally/sort-packages'] },
  links: ['https://docs.docker.com/build/building/best-practices/#sort-multi-line-arguments'],
  on: { commands: names },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache \
            git \
            «curl» \
            bash
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache \
            bash \
            curl \
            git
      `,
    },
  ],
  check({ model, report }) {
    for (const { command } of model.commands(...names)) {
      const packages = installOf(command)?.packages ?? [];
      if (packages.length < 2 || !areOnOwnLines(model, packages)) continue;
      const sorted = [...packages].sort(byName);
      const i = packages.findIndex((one, at) => at > 0 && before(one, packages[at - 1]));
      const first = packages[i];
      if (first === undefined) continue;
      report({
        at: first.word,
        message: t(
          'The list is not sorted: `{0}` follows `{1}`',
          first.word.text,
          packages[i - 1]?.word.text ?? '',
        ),
        fix: sortFix(packages, sorted),
      });
    }
  },
});

function byName(one: Package, other: Package): number {
  const [a, b] = [one.word.text.toLowerCase(), other.word.text.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}

function before(one: Package, other: Package | undefined): boolean {
  return other !== undefined && byName(one, other) < 0;
}

/** Whether each package is on its own line, with only a line continuation between two of them. */
function areOnOwnLines({ tree: { text } }: Model, packages: readonly Package[]): boolean {
  return packages.every(({ word }, i) => {
    const last = packages[i - 1]?.word;
    if (word.variables.length > 0 || word.scripts.length > 0) return false;
    return last === undefined || /^[ \t]*[\\`]\r?\n[ \t]*$/.test(text.slice(last.span.end, word.span.start)); // prettier-ignore
  });
}

function sortFix(packages: readonly Package[], sorted: readonly Package[]): Fix {
  const edits = packages.flatMap(({ word }, i) => {
    const raw = sorted[i]?.word.raw ?? word.raw;
    return raw === word.raw ? [] : [replace(word.span, raw)];
  });
  return { title: t('Sort packages'), edits };
}
