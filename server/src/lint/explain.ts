/** The documentation of a rule as Markdown: its page, and the output of `drydock explain`. */
import { t } from '../text/translation.ts';
import { unmark } from './example.ts';
import type { Example, Registered } from './rule.ts';

/** The page of a rule. */
export function explain({ id, category, rule }: Registered): string {
  const facts = [
    [t('Category'), category],
    [t('Severity'), rule.severity],
    [t('Fix'), rule.fix === undefined ? t('none') : rule.fix === 'safe' ? t('safe') : t('unsafe')],
    [t('hadolint'), listed(rule.also?.hadolint)],
    [t('BuildKit'), listed(rule.also?.buildkit)],
    [t('tally'), listed(rule.also?.tally)],
    [t('Since'), rule.since],
    [t('Former id'), listed(rule.formerly)],
  ].filter(([, value]) => value !== '');
  const options = rule.options === undefined ? '' : explainOptions(rule.options.json);
  const links = (rule.links ?? []).map((link) => `- <${link}>`).join('\n');
  return [
    `# ${id}`,
    t('{0}.', t(rule.summary)),
    `| ${t('Property')} | ${t('Value')} |\n| --- | --- |\n${facts.map(([name, value]) => `| ${name ?? ''} | ${value ?? ''} |`).join('\n')}`,
    `## ${t('Why')}`,
    t(rule.why),
    `## ${rule.examples.length > 1 ? t('Examples') : t('Example')}`,
    ...rule.examples.map(explainExample),
    ...(options === '' ? [] : [`## ${t('Options')}`, options]),
    ...(links === '' ? [] : [`## ${t('References')}`, links]),
    `## ${t('Disable')}`,
    t('To ignore the rule for one instruction, add a comment above it:'),
    `\`\`\`dockerfile\n# drydock ignore=${id} -- ${t('reason')}\n\`\`\``,
    t('To turn it off for a project, add to `.drydock.json`:'),
    `\`\`\`json\n{ "rules": { "${id}": "off" } }\n\`\`\``,
  ].join('\n\n');
}

function listed(names: readonly string[] | undefined): string {
  return (names ?? []).map((name) => `\`${name}\``).join(', ');
}

function explainExample({ bad, good, note, options, dockerignore, files }: Example): string {
  return [
    ...(note === undefined ? [] : [t(note)]),
    ...(options === undefined ? [] : [t('With the options `{0}`:', JSON.stringify(options))]),
    ...(dockerignore === false ? [t('Without a `.dockerignore` in the same directory:')] : []),
    ...(typeof dockerignore === 'string'
      ? [
          t('With this `.dockerignore` in the same directory:'),
          `\`\`\`\n${dockerignore.trimEnd()}\n\`\`\``,
        ]
      : []),
    ...(files === undefined
      ? []
      : [t('With these files in the build context: {0}', listed(files))]),
    fenced(unmark(bad).text),
    t('Use instead:'),
    fenced(good),
  ].join('\n\n');
}

/** A code block whose fence is longer than any in the text. */
function fenced(text: string): string {
  const fence = /`{3,}/.test(text) ? '`````' : '```';
  const lines = text.trimEnd().split('\n');
  const shown = lines.map((line) => (line.length > 200 ? `${line.slice(0, 60)}…` : line));
  return `${fence}dockerfile\n${shown.join('\n')}\n${fence}`;
}

function explainOptions(json: object): string {
  const { properties = {} } = json as {
    readonly properties?: Readonly<
      Record<string, { readonly markdownDescription?: string; readonly default?: unknown }>
    >;
  };
  return Object.entries(properties)
    .map(([name, { markdownDescription = '', default: fallback }]) =>
      t('- `{0}` (default `{1}`): {2}', name, JSON.stringify(fallback), markdownDescription),
    )
    .join('\n');
}
