/** Tests the grammar of ignore files with the TextMate engine of VS Code. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar, type IRawGrammar } from 'vscode-textmate';

let grammar: IGrammar;
beforeAll(async () => {
  const file = resolve(import.meta.dirname, '../syntaxes/dockerignore.tmLanguage.json');
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: () => Promise.resolve(JSON.parse(readFileSync(file, 'utf8')) as IRawGrammar),
  });
  grammar = (await registry.loadGrammar('source.dockerignore'))!;
});

/** The words of a line, each with the first part of its innermost scope. */
function tokens(line: string): readonly string[] {
  return grammar.tokenizeLine(line, null).tokens.flatMap(({ startIndex, endIndex, scopes }) => {
    const text = line.slice(startIndex, endIndex);
    const kind = scopes.at(-1)?.replace('.dockerignore', '') ?? '';
    return text.trim() === '' ? [] : [`${text} ${kind}`];
  });
}

test.each([
  ['# note', ['# punctuation.definition.comment', ' note comment.line.number-sign']],
  [
    'app/x.log',
    ['app string.unquoted.path', '/ punctuation.separator.path', 'x.log string.unquoted.path'],
  ],
  [' # app', ['# string.unquoted.path', 'app string.unquoted.path']],
  ['!app', ['! keyword.operator.logical.not', 'app string.unquoted.path']],
  ['a!b#c', ['a!b#c string.unquoted.path']],
  [
    '**/*.py?',
    [
      '** keyword.control.wildcard.directories',
      '/ punctuation.separator.path',
      '* keyword.operator.wildcard',
      '.py string.unquoted.path',
      '? keyword.operator.wildcard',
    ],
  ],
  ['\\*a', ['\\* constant.character.escape', 'a string.unquoted.path']],
  [
    '[^a-c]x',
    [
      '[ punctuation.definition.character-class',
      '^ keyword.operator.negation',
      'a-c constant.other.range',
      '] punctuation.definition.character-class',
      'x string.unquoted.path',
    ],
  ],
])('colors %j', (line, expected) => {
  expect(tokens(line)).toEqual(expected);
});
