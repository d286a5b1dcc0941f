/** Collects all texts that are shown to users into the catalogue, and lists those without a translation. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { RegisteredCommand } from '../../client/src/commands/command.ts';
import type { Registered } from '../../server/src/lint/rule.ts';
import { buildSecrets } from '../../server/src/reference/build-secrets.ts';
import { cacheMounts } from '../../server/src/reference/cache-mounts.ts';
import { commandLines } from '../../server/src/reference/command-lines.ts';
import { environment } from '../../server/src/reference/environment.ts';
import { environmentValues } from '../../server/src/reference/environment-values.ts';
import { instructions, mountTypes } from '../../server/src/reference/instructions.ts';
import { packageNotes } from '../../server/src/reference/package-notes.ts';
import { programNotes, tarLetters } from '../../server/src/reference/program-notes.ts';
import { runCommands } from '../../server/src/reference/run-commands.ts';
import { snippets } from '../../server/src/reference/snippets.ts';
import { predefinedArguments } from '../../server/src/reference/variables.ts';
import * as words from '../../server/src/reference/words.ts';

const languages = ['zh-cn'];
/** Properties of rules, commands and reference tables that contain such texts; `t()` is called with these properties. */
const declared = new Set([
  'title',
  'summary',
  'why',
  'note',
  'description',
  'markdownDescription',
  'documentation',
]);

/** The catalogue of all texts in client and server. */
export function l10nGenerated(
  root: string,
  rules: readonly Registered[],
  commands: readonly RegisteredCommand[],
): Promise<ReadonlyMap<string, string>> {
  const texts = new Set<string>();
  const wrong: string[] = [];
  for (const file of sources(root)) {
    const { found, unreadable } = textsOf(file, readFileSync(path.join(root, file), 'utf8'));
    for (const text of found) texts.add(text);
    wrong.push(...unreadable);
  }
  if (wrong.length > 0) {
    return Promise.reject(
      new Error(`The first argument of t() must be a string literal:\n${wrong.join('\n')}`),
    );
  }
  for (const { rule } of rules) {
    texts.add(rule.summary);
    texts.add(rule.why);
    for (const { note } of rule.examples) if (note !== undefined) texts.add(note);
  }
  for (const { command } of commands) texts.add(command.title);
  const tables = [
    instructions,
    mountTypes,
    buildSecrets,
    predefinedArguments,
    cacheMounts,
    commandLines,
    environment,
    environmentValues,
    packageNotes,
    programNotes,
    tarLetters,
    runCommands,
    snippets,
    words,
  ];
  for (const text of documented(tables)) texts.add(text);
  const catalogue = Object.fromEntries([...texts].sort().map((text) => [text, text]));
  return Promise.resolve(new Map([['l10n/bundle.l10n.json', JSON.stringify(catalogue)]]));
}

/**
 * The translated manifest, with the settings of rules: the description of each is the rule's summary, from the catalogue of
 * the language. All other texts in it are written by hand.
 */
export function translatedSettings(
  root: string,
  rules: readonly Registered[],
): ReadonlyMap<string, string> {
  return new Map(
    languages.map((language) => {
      const file = `package.nls.${language}.json`;
      const catalogue = parsed(read(path.join(root, `l10n/bundle.l10n.${language}.json`)));
      const ofRules = rules.map(({ id, rule }) => {
        const summary = catalogue[rule.summary];
        return [
          `settings.lint.rules.${id}`,
          `${typeof summary === 'string' ? summary : rule.summary}。`,
        ] as const;
      });
      const texts = { ...parsed(read(path.join(root, file))), ...Object.fromEntries(ofRules) };
      return [file, JSON.stringify(texts)];
    }),
  );
}

/** One line per language and catalogue: how many texts are missing or unused, with the first of them. */
export function missingTranslations(
  root: string,
  generated: ReadonlyMap<string, string>,
): readonly string[] {
  return ['l10n/bundle.l10n.json', 'package.nls.json'].flatMap((file) => {
    const english = Object.keys(parsed(generated.get(file) ?? '{}'));
    return languages.flatMap((language) => {
      const name = file.replace(/\.json$/, `.${language}.json`);
      const translated = parsed(read(path.join(root, name)));
      const missing = english.filter((key) => !(key in translated));
      const unused = Object.keys(translated).filter((key) => !english.includes(key));
      return [
        ...(missing.length === 0
          ? []
          : [`${name}: ${missing.length} of ${english.length} missing, e.g. ${quoted(missing)}`]),
        ...(unused.length === 0
          ? []
          : [`${name}: ${unused.length} unused, e.g. ${quoted(unused)}`]),
      ];
    });
  });
}

/** The literals that `t()` is called with in a file, and the calls whose argument is not a literal. */
export function textsOf(
  file: string,
  text: string,
): { readonly found: readonly string[]; readonly unreadable: readonly string[] } {
  const found: string[] = [];
  const unreadable: string[] = [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (isTranslation(node)) {
      const [first] = node.arguments;
      if (first !== undefined && ts.isStringLiteralLike(first)) found.push(first.text);
      else if (first === undefined || !isDeclared(first, source)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        unreadable.push(`${file}:${line + 1} ${node.getText()}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { found, unreadable };
}

/** All `documentation` and `summary` texts in a table, at any depth. */
function documented(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && (key === 'documentation' || key === 'summary')
      ? [inner]
      : documented(inner),
  );
}

function isTranslation(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't'
  );
}

/** Whether the text comes from a declared property, directly or through a variable. */
function isDeclared(node: ts.Expression, source: ts.SourceFile): boolean {
  if (ts.isPropertyAccessExpression(node)) return declared.has(node.name.text);
  if (!ts.isIdentifier(node)) return false;
  if (declared.has(node.text)) return true;
  let answer = false;
  const visit = (inner: ts.Node): void => {
    if (ts.isVariableDeclaration(inner) && inner.name.getText() === node.text) {
      const from = inner.initializer;
      answer ||= from !== undefined && !ts.isIdentifier(from) && isDeclared(from, source);
    }
    ts.forEachChild(inner, visit);
  };
  visit(source);
  return answer;
}

function sources(root: string): readonly string[] {
  return ['client/src', 'server/src'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => path.join(folder, file)),
  );
}

function quoted(keys: readonly string[]): string {
  return keys
    .slice(0, 3)
    .map((key) => JSON.stringify(key))
    .join(', ');
}

function parsed(text: string): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '{}';
  }
}
