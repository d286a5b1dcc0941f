/** The list of all rules as Markdown: the first page of the rule reference. */
import { t } from '../text/translation.ts';
import type { Registered } from './rule.ts';

/** Names that other linters give their rules: owner → names. */
export type ForeignNames = Readonly<Record<'hadolint' | 'buildkit' | 'tally', readonly string[]>>;

/** Sections of the page, without what is said of rules that are missing here. Links lead to `<id>.md` beside the page. */
export function ruleIndex(rules: readonly Registered[], foreign: ForeignNames): readonly string[] {
  const fixed = rules.filter(({ rule }) => rule.fix !== undefined).length;
  return [
    `# ${t('Rules')}`,
    t(
      '{0} rules, {1} of them with a fix. A safe fix does not change what a successful build does; other fixes are offered, but never applied automatically.',
      rules.length,
      fixed,
    ),
    table(rules),
    `## ${t('Names in other linters')}`,
    t('Configuration files and ignore comments accept these names as well as the rule ids.'),
    ...(['hadolint', 'buildkit', 'tally'] as const).flatMap((owner) =>
      foreignNames(owner, foreign[owner], rules),
    ),
  ];
}

function table(rules: readonly Registered[]): string {
  const rows = rules.map(({ id, category, rule }) => {
    const { hadolint = [], buildkit = [], tally = [] } = rule.also ?? {};
    const names = [...hadolint, ...buildkit, ...tally].join(', ');
    return `| [${id}](${id}.md) | ${category} | ${t(rule.summary)} | ${rule.severity} | ${rule.fix ?? ''} | ${names} |`;
  });
  const heading = [
    t('Rule'),
    t('Category'),
    t('Summary'),
    t('Severity'),
    t('Fix'),
    t('Other names'),
  ];
  return [`| ${heading.join(' | ')} |`, `|${' --- |'.repeat(heading.length)}`, ...rows].join('\n');
}

const titles = { hadolint: 'hadolint', buildkit: 'BuildKit', tally: 'tally' } as const;

/** One linter's names with the rules that report the same; nothing where no rule does. */
function foreignNames(
  owner: keyof ForeignNames,
  names: readonly string[],
  rules: readonly Registered[],
): readonly string[] {
  const rows = names.flatMap((name) => {
    const same = rules.filter(({ rule }) => rule.also?.[owner]?.includes(name));
    if (same.length === 0) return [];
    return [`| \`${name}\` | ${same.map(({ id }) => `[${id}](${id}.md)`).join(', ')} |`];
  });
  if (rows.length === 0) return [];
  const heading = `| ${t('Name')} | ${t('Rules')} |\n| --- | --- |`;
  return [`### ${titles[owner]}`, `${heading}\n${rows.join('\n')}`];
}
