/** The settings as JSON schemas, and docs/settings.md. */
import { explainRule } from '../../contract/protocol.ts';
import { settings, type Setting } from '../../contract/settings.ts';
import { notice, type SettingEntry } from './source.ts';

/** All settings; the schema of `lint.rules` comes from the rules. */
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

interface Described {
  readonly markdownDescription?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly items?: Described;
}

/** Adds a link to the list of rules, which a command opens in VS Code. */
function withLink(rulesSchema: object): object {
  const { markdownDescription = '' } = rulesSchema as { readonly markdownDescription?: string };
  const link = `[Show lint rules](command:${explainRule})`;
  return { ...rulesSchema, markdownDescription: `${markdownDescription} ${link}.` };
}

/** docs/settings.md. */
export function settingsGenerated(entries: readonly SettingEntry[]): ReadonlyMap<string, string> {
  const sections = entries.map(({ key, json, scope, restricted }) => {
    const schema = json as Described;
    const notes = [
      `- Default: \`${JSON.stringify(schema.default)}\``,
      `- Scope: ${scope}`,
      ...(scope === 'machine' ? ['- Cannot be set in the settings of a workspace'] : []),
      ...(restricted ? ['- Ignored in an untrusted workspace'] : []),
    ];
    return [
      `## \`drydock.${key}\``,
      withoutLinks(schema.markdownDescription ?? ''),
      ...valuesOf(schema.items ?? schema),
      notes.join('\n'),
    ].join('\n\n');
  });
  const text = sections.join('\n\n');
  return new Map([
    ['docs/settings.md', `<!-- ${notice('contract/settings.ts')} -->\n\n# Settings\n\n${text}\n`],
  ]);
}

/** A table of the values of an enumeration with their descriptions. */
function valuesOf({ enum: values, markdownEnumDescriptions: texts }: Described): readonly string[] {
  if (values === undefined) return [];
  const rows = values.map(
    (value, index) => `| \`${JSON.stringify(value)}\` | ${withoutLinks(texts?.[index] ?? '')} |`,
  );
  return [['| Value | Meaning |', '| --- | --- |', ...rows].join('\n')];
}

/** The text without links to settings and commands, which work only in VS Code. */
function withoutLinks(text: string): string {
  return text.replace(/`#([\w.]+)#`/g, '`$1`').replace(/ \[[^\]]*\]\(command:[^)]*\)\./, '');
}
