/** A rule as Markdown: its page in the docs, and what `drydock explain` prints. */
import { t } from '../text/translated.ts';
import { unmark } from './example.ts';
import type { Example, Registered } from './rule.ts';

/** Everything there is to say of a rule. */
export function explain({ id, category, rule }: Registered): string {
  const facts = [
    [t('Category'), category],
    [t('Severity'), rule.severity],
    [t('Fix'), rule.fix === undefined ? t('none') : rule.fix === 'safe' ? t('safe') : t('unsafe')],
    [t('hadolint'), listed(rule.also?.hadolint)],
    [t('BuildKit'), listed(rule.also?.buildkit)],
    [t('tally'), listed(rule.also?.tally)],
    [t('Since'), rule.since],
  ].filter(([, value]) => value !== '');
  const options = rule.options === undefined ? '' : explainOptions(rule.options.json);
  const links = (rule.links ?? []).map((link) => `- <${link}>`).join('\n');
  return [
    `# ${id}`,
    t('{0}.', t(rule.summary)),
    `| | |\n| --- | --- |\n${facts.map(([name, value]) => `| ${name ?? ''} | ${value ?? ''} |`).join('\n')}`,
    `## ${t('Why')}`,
    t(rule.why),
    `## ${rule.examples.length > 1 ? t('Examples') : t('Example')}`,
    ...rule.examples.map(explainExample),
    ...(options === '' ? [] : [`## ${t('Options')}`, options]),
    ...(links === '' ? [] : [`## ${t('Read more')}`, links]),
    `## ${t('Switch off')}`,
    t('For one instruction, in a comment above it:'),
    `\`\`\`dockerfile\n# drydock ignore=${id} -- ${t('reason')}\n\`\`\``,
    t('For a project, in `.drydock.json`:'),
    `\`\`\`json\n{ "rules": { "${id}": "off" } }\n\`\`\``,
  ].join('\n\n');
}

function listed(names: readonly string[] | undefined): string {
  return (names ?? []).map((name) => `\`${name}\``).join(', ');
}

function explainExample({ bad, good, note, options, dockerignore }: Example): string {
  return [
    ...(note === undefined ? [] : [t(note)]),
    ...(options === undefined ? [] : [`${t('With the options')} \`${JSON.stringify(options)}\`:`]),
    ...(dockerignore === false ? [t('With no `.dockerignore` beside it:')] : []),
    ...(typeof dockerignore === 'string'
      ? [t('With this `.dockerignore` beside it:'), `\`\`\`\n${dockerignore.trimEnd()}\n\`\`\``]
      : []),
    fenced(unmark(bad).text),
    t('Better:'),
    fenced(good),
  ].join('\n\n');
}

/** A fence that is longer than any in the text. */
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
