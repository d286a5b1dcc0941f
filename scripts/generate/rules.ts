/** Everything generated from the rules: the barrel, the pages, the table of rules and the JSON schemas. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { explain } from '../../server/src/lint/explain.ts';
import { ruleIndex } from '../../server/src/lint/rule-index.ts';
import type { Registered, Rule } from '../../server/src/lint/rule.ts';
import { declined } from '../../server/src/reference/declined-codes.ts';
import { knownCodes } from '../../server/src/reference/foreign-codes.ts';
import { setTranslations } from '../../server/src/text/translation.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = 'server/src/rules';
/** Pages ship with the extension: English pages in this directory, other languages in a subdirectory each. */
const pages = 'docs/rules';
const languages = ['zh-cn'];

/** Every file generated from the rules: path from the root → text. */
export async function rulesGenerated(): Promise<ReadonlyMap<string, string>> {
  const rules = await registeredRules();
  const files = new Map<string, string>([
    [`${folder}/index.ts`, barrel()],
    ['schemas/config.schema.json', `${JSON.stringify(configSchema(rules), undefined, 2)}\n`],
    ...pagesIn(pages, rules),
  ]);
  for (const language of languages) {
    setTranslations(catalogue(language));
    for (const [file, text] of pagesIn(`${pages}/${language}`, rules)) files.set(file, text);
    setTranslations({});
  }
  return files;
}

/** The pages in the current language: path from the root → text. */
function pagesIn(folder: string, rules: readonly Registered[]): readonly [string, string][] {
  return [
    [
      `${folder}/README.md`,
      [
        notice('<!--', ' -->'),
        ...ruleIndex(rules, knownCodes),
        ...(folder === pages ? declinedRules() : []),
        '',
      ].join('\n\n'),
    ],
    ...rules.map((rule): [string, string] => [
      `${folder}/${rule.id}.md`,
      `${notice('<!--', ' -->')}\n\n${explain(rule)}\n`,
    ]),
  ];
}

/** English text → translated text. */
function catalogue(language: string): Record<string, string> {
  const file = path.join(root, `l10n/bundle.l10n.${language}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

/** The rules read from their files, not from the barrel, which may be stale. */
export async function registeredRules(): Promise<readonly Registered[]> {
  return Promise.all(
    ruleFiles().map(async ({ id, category, file }) => {
      const module = (await import(pathToFileURL(path.join(root, file)).href)) as {
        readonly default: Rule;
      };
      return { id, category, rule: module.default };
    }),
  );
}

/** JSON schema of the setting `drydock.lint.rules` and of `rules` in `.drydock.json`. */
export function rulesSchema(rules: readonly Registered[]): object {
  return {
    type: 'object',
    default: {},
    additionalProperties: false,
    markdownDescription:
      'Severity of each rule by its id: `off`, `hint`, `info`, `warning` or `error`; or an object with `severity` and `options`.',
    properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])),
    patternProperties: {
      // Ids that rules had before.
      [`^(?:${rules.flatMap(({ rule }) => rule.formerly ?? []).join('|')})$`]: severityOrObject({}),
      // Codes of ShellCheck.
      '^(shellcheck/)?SC[0-9]{4}$': { enum: ['off', 'hint', 'info', 'warning', 'error'] },
    },
  };
}

function ruleSchema({ rule }: Registered): object {
  const { json } = rule.options ?? {};
  return {
    markdownDescription: `${rule.summary}.`,
    default: rule.severity,
    ...severityOrObject(json === undefined ? {} : { options: json }),
  };
}

/** What a rule can be set to: a severity, or an object with a severity and these other properties. */
function severityOrObject(others: object): object {
  const severity = { enum: ['off', 'hint', 'info', 'warning', 'error'] };
  const properties = { severity, ...others };
  return { oneOf: [severity, { type: 'object', additionalProperties: false, properties }] };
}

function configSchema(rules: readonly Registered[]): object {
  return {
    $comment: notice('', ''),
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Drydock',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      everyRule: {
        type: 'boolean',
        default: false,
        description: 'Also enable the rules that are off by default.',
      },
      rules: rulesSchema(rules),
    },
  };
}

interface RuleFile {
  readonly id: string;
  readonly category: string;
  /** From the root. */
  readonly file: string;
}

function ruleFiles(): readonly RuleFile[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: category }) =>
      readdirSync(path.join(root, folder, category))
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => ({
          id: name.slice(0, -'.ts'.length),
          category,
          file: `${folder}/${category}/${name}`,
        })),
    )
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

function barrel(): string {
  const files = ruleFiles();
  const imports = files.map(
    ({ id, category }) => `import ${camel(id)} from './${category}/${id}.ts';`,
  );
  const entries = files.map(
    ({ id, category }) => `  { id: '${id}', category: '${category}', rule: ${camel(id)} },`,
  );
  return [
    notice('//', ''),
    `import type { Registered } from '../lint/rule.ts';`,
    ...imports,
    '',
    '/** All rules, by category and id. */',
    'export const rules: readonly Registered[] = [',
    ...entries,
    '];',
    '',
  ].join('\n');
}

/** The part of the index that is in English only: rules of tally without a counterpart. */
function declinedRules(): readonly string[] {
  return [
    '## Rules of tally without a counterpart',
    `| Rule | Reason |\n| --- | --- |\n${declinedRows()}`,
  ];
}

function declinedRows(): string {
  return Object.entries(declined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, why]) => `| \`${name}\` | ${why} |`)
    .join('\n');
}

/** Pages of rules that no longer exist, as paths from the root. */
export function stalePages(generated: ReadonlyMap<string, string>): readonly string[] {
  return readdirSync(path.join(root, pages), { recursive: true, encoding: 'utf8' })
    .map((name) => `${pages}/${name.replaceAll(path.sep, '/')}`)
    .filter((file) => file.endsWith('.md') && !generated.has(file));
}

function notice(open: string, close: string): string {
  return `${open} Generated by \`npm run generate\` from ${folder}; do not edit.${close}`.trimStart();
}

function camel(id: string): string {
  const name = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return /^\d/.test(name) ? `rule${name}` : name;
}
