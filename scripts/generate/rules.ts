/** What the rules say of themselves, wherever it is said again: barrel, pages, tables, JSON schemas. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { explain } from '../../server/src/lint/explain.ts';
import { ruleIndex } from '../../server/src/lint/rule-index.ts';
import type { Registered, Rule } from '../../server/src/lint/rule.ts';
import { declined } from '../../server/src/reference/declined-codes.ts';
import { knownCodes } from '../../server/src/reference/foreign-codes.ts';
import { translate } from '../../server/src/text/translated.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = 'server/src/rules';
/** Pages ship with the extension: in English here, in each other language in a folder of its name. */
const pages = 'docs/rules';
const languages = ['zh-cn'];
const begin = '<!-- generated:rules -->';
const end = '<!-- /generated:rules -->';

/** Every file made from the rules: path from the root → text. */
export async function rulesGenerated(): Promise<ReadonlyMap<string, string>> {
  const rules = await registeredRules();
  const files = new Map<string, string>([
    [`${folder}/index.ts`, barrel()],
    ['schemas/config.schema.json', `${JSON.stringify(configSchema(rules), undefined, 2)}\n`],
    ...pagesIn(pages, rules),
  ]);
  for (const language of languages) {
    translate(catalogue(language));
    for (const [file, text] of pagesIn(`${pages}/${language}`, rules)) files.set(file, text);
    translate({});
  }
  const readme = withTable(rules);
  if (readme !== undefined) files.set('README.md', readme);
  return files;
}

/** The pages in the language that is chosen: path from the root → text. */
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

/** The rules as their files stand now, whatever the barrel says. */
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
      'What rules are told to do, by id: `off`, a severity, or an object with `severity` and `options`.',
    properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])),
    patternProperties: {
      // What ShellCheck says under a code.
      '^(shellcheck/)?SC[0-9]{4}$': { enum: ['off', 'hint', 'info', 'warning', 'error'] },
    },
  };
}

function ruleSchema({ id, rule }: Registered): object {
  const level = { enum: ['off', 'hint', 'info', 'warning', 'error'] };
  return {
    markdownDescription: `${rule.summary}. \`drydock explain ${id}\` says more.`,
    default: rule.severity,
    oneOf: [
      level,
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          severity: level,
          ...(rule.options !== undefined && { options: rule.options.json }),
        },
      },
    ],
  };
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
        description: 'Also run the rules that are off by default.',
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

/** What the list says in English alone: rules of tally without a counterpart. */
function declinedRules(): readonly string[] {
  return [
    '## Declined',
    'Rules of tally without a counterpart here, and the reason.',
    `| Rule | Reason |\n| --- | --- |\n${declinedRows()}`,
  ];
}

function declinedRows(): string {
  return Object.entries(declined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, why]) => `| \`${name}\` | ${why} |`)
    .join('\n');
}

/** Pages of rules that are gone, from the root. */
export function stalePages(generated: ReadonlyMap<string, string>): readonly string[] {
  return readdirSync(path.join(root, pages), { recursive: true, encoding: 'utf8' })
    .map((name) => `${pages}/${name.replaceAll(path.sep, '/')}`)
    .filter((file) => file.endsWith('.md') && !generated.has(file));
}

/** README.md with what there is between its marks; undefined where it has none. */
function withTable(rules: readonly Registered[]): string | undefined {
  const file = path.join(root, 'README.md');
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) return undefined;
  return `${text.slice(0, from + begin.length)}\n\n${counts(rules)}\n\n${text.slice(to)}`;
}

/** How many rules there are of each category; two hundred lines would hide the rest of the page. */
function counts(rules: readonly Registered[]): string {
  const rows = [...new Set(rules.map(({ category }) => category))].map((category) => {
    const some = rules.filter((one) => one.category === category);
    const first = some.slice(0, 3).map(({ id }) => `[${id}](docs/rules/${id}.md)`);
    const fixed = some.filter(({ rule }) => rule.fix !== undefined).length;
    return `| ${category} | ${String(some.length)} | ${String(fixed)} | ${first.join(', ')} … |`;
  });
  return [
    `[All ${String(rules.length)} rules](docs/rules/README.md), each with a page that says why, and which name it has elsewhere:`,
    '',
    '| Category | Rules | With a fix | Such as |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function notice(open: string, close: string): string {
  return `${open} Generated by \`npm run generate\` from ${folder}; do not edit.${close}`.trimStart();
}

function camel(id: string): string {
  const name = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return /^\d/.test(name) ? `rule${name}` : name;
}
