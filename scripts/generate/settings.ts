/** The settings as JSON schemas, and their page. */
import { explainRule } from '../../contract/protocol.ts';
import { settings, type Setting } from '../../contract/settings.ts';
import { notice, type SettingEntry } from './source.ts';

/** All settings; that of the rules is made from the rules. */
export function settingsOf(rulesSchema: object): readonly SettingEntry[] {
  const declared = Object.entries(settings as Record<string, Setting>).map(
    ([key, { schema, scope, restricted }]): SettingEntry => ({
      key,
      json: schema.json,
      scope,
      restricted: restricted === true,
    }),
  );
  return [
    ...declared,
    { key: 'lint.rules', json: withLink(rulesSchema), scope: 'resource', restricted: false },
  ];
}

/** The description leads to the list of rules, which opens in VS Code by a command. */
function withLink(rulesSchema: object): object {
  const { markdownDescription = '' } = rulesSchema as { readonly markdownDescription?: string };
  const link = `[Show lint rules](command:${explainRule})`;
  return { ...rulesSchema, markdownDescription: `${markdownDescription} ${link}.` };
}

/** The page about them. */
export function settingsGenerated(entries: readonly SettingEntry[]): ReadonlyMap<string, string> {
  const sections = entries.map(({ key, json, scope, restricted }) => {
    const { markdownDescription, ...schema } = json as {
      readonly markdownDescription?: string;
      readonly default?: unknown;
      readonly enum?: readonly unknown[];
    };
    return [
      `## \`drydock.${key}\``,
      (markdownDescription ?? '').replace(/ \[[^\]]*\]\(command:[^)]*\)\./, ''),
      `- Default: \`${JSON.stringify(schema.default)}\``,
      ...(schema.enum === undefined
        ? []
        : [`- One of: ${schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ')}`]),
      `- Scope: ${scope}`,
      ...(restricted ? ['- Not read from a workspace that is not trusted'] : []),
    ];
  });
  const text = sections
    .map(([heading = '', description = '', ...facts]) =>
      [heading, description, facts.join('\n')].join('\n\n'),
    )
    .join('\n\n');
  return new Map([
    ['docs/settings.md', `<!-- ${notice('contract/settings.ts')} -->\n\n# Settings\n\n${text}\n`],
  ]);
}
