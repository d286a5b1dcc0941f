/** Tests the grammar with the TextMate engine of VS Code. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar, type IRawGrammar } from 'vscode-textmate';
import { instructions } from '../server/src/reference/instructions.ts';
import { dockerfile } from '../server/src/text/dedent.ts';

const file = resolve(import.meta.dirname, '../syntaxes/dockerfile.tmLanguage.json');
const raw = JSON.parse(readFileSync(file, 'utf8')) as IRawGrammar;

/** A stub of an embedded language: strings that only a quote ends, comments and words. */
function stub(scopeName: string): IRawGrammar {
  const name = scopeName.replace('source.', '');
  return {
    scopeName,
    repository: { $self: {}, $base: {} },
    patterns: [
      { name: `string.${name}`, begin: '"', end: '"' },
      { name: `comment.${name}`, match: '(?:^|[ \\t]+)#.*' },
      { name: `word.${name}`, match: '[\\w./-]+' },
    ],
  };
}

let grammar: IGrammar;
beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (scope) => Promise.resolve(scope === raw.scopeName ? raw : stub(scope)),
  });
  grammar = (await registry.loadGrammar('source.dockerfile'))!;
});

interface Token {
  readonly text: string;
  readonly scopes: readonly string[];
}

function tokens(text: string): readonly (readonly Token[])[] {
  let state = textmate.INITIAL;
  return text.split('\n').map((line) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens.map(({ startIndex, endIndex, scopes }) => ({
      text: line.slice(startIndex, endIndex),
      scopes: scopes.map((scope) => scope.replace(/\.dockerfile$/, '')),
    }));
  });
}

/** Each token as `text:scope` with its innermost scope; whitespace is omitted. */
function formatTokens(text: string): string {
  return tokens(text)
    .map((line) =>
      line
        .filter((token) => token.text.trim() !== '')
        .map((token) => `${token.text.trim()}:${token.scopes.at(-1) ?? ''}`)
        .join('  '),
    )
    .filter((line) => line !== '')
    .join('\n');
}

test('marks every instruction as a keyword in any case, and no other word', () => {
  for (const { keyword } of instructions) {
    for (const keywordText of [keyword, keyword.toLowerCase(), `  ${keyword}`]) {
      const [token] = tokens(`${keywordText} x`)[0]!.filter(({ text }) => text.trim() !== '');
      expect(token?.scopes.at(-1), keywordText).toMatch(/^keyword\./);
    }
  }
  const known = new Set<string>(instructions.map(({ keyword }) => keyword));
  const grammarWords = JSON.stringify(raw).match(/(?<=\(\?i:\()[A-Z|]{3,}(?=\)\))/g) ?? [];
  const others = grammarWords
    .flatMap((words) => words.split('|'))
    .filter((word) => !known.has(word));
  expect(others).toEqual([]);
  expect(formatTokens('RUNS x')).toBe('RUNS x:source');
});

test('marks parser directives only at the top, ignore comments and comments', () => {
  expect(
    formatTokens(dockerfile`
      # syntax=docker/dockerfile:1
      # drydock ignore=a,b -- why
      FROM a
      # syntax=x
    `),
  ).toMatchInlineSnapshot(`
    "#:punctuation.definition.comment  syntax:keyword.other.directive  =:keyword.operator.assignment  docker/dockerfile:1:string.unquoted.directive
    #:punctuation.definition.comment  drydock ignore:keyword.other.ignore  =:keyword.operator.assignment  a,b:constant.other.rule  -- why:comment.line.number-sign.ignore
    FROM:keyword.other.special-method  a:entity.name.type.image
    #:punctuation.definition.comment  syntax=x:comment.line.number-sign"
  `);
});

test('marks each name of ARG, after values with spaces too, and no word of ENV without `=`', () => {
  expect(formatTokens('ARG A="x y" B C=1 D')).toMatch(
    /  B:variable\.other\.assignment  C:variable\.other\.assignment.*  D:variable\.other\.assignment$/,
  );
  expect(formatTokens('ARG A')).toContain('A:variable.other.assignment');
  expect(formatTokens('ENV A b')).toBe(
    'ENV:keyword.other.special-method  A:variable.other.assignment  b:string.unquoted',
  );
});

test('marks the flag, the variables and the stage name of FROM', () => {
  expect(
    formatTokens('FROM --platform=$BUILDPLATFORM node:${V:-22}-slim AS build'),
  ).toMatchInlineSnapshot(
    `"FROM:keyword.other.special-method  --:punctuation.definition.parameter  platform:entity.other.attribute-name.flag  =:keyword.operator.assignment  $:punctuation.definition.variable  BUILDPLATFORM:variable.other  node::entity.name.type.image  \${:punctuation.definition.variable  V:variable.other  :-:keyword.operator.expansion  22:variable.other.braced  }:punctuation.definition.variable  -slim:entity.name.type.image  AS:keyword.other.as  build:entity.name.type.stage"`,
  );
});

test('marks pairs on several lines with a comment between them and a # in a string', () => {
  expect(
    formatTokens(dockerfile`
      ENV A=1 B="# $A" \
          # why

          C=\$x
      USER me
    `),
  ).toMatchInlineSnapshot(`
    "ENV:keyword.other.special-method  A:variable.other.assignment  =:keyword.operator.assignment  1:string.unquoted  B:variable.other.assignment  =:keyword.operator.assignment  ":punctuation.definition.string.begin  #:string.quoted.double  $:punctuation.definition.variable  A:variable.other  ":punctuation.definition.string.end  \\:constant.character.escape.line-continuation
    #:punctuation.definition.comment  why:comment.line.number-sign
    C:variable.other.assignment  =:keyword.operator.assignment  \\$:constant.character.escape  x:string.unquoted
    USER:keyword.other.special-method  me:string.unquoted"
  `);
});

test('marks flags of RUN and then shell, across continuations and comments', () => {
  expect(
    formatTokens(dockerfile`
      RUN --mount=type=cache,target=/x \
          # why
          apt update && \
          apt install "a # b \
          c" # trailing \
          d
      USER me
    `),
  ).toMatchInlineSnapshot(`
    "RUN:keyword.other.special-method  --:punctuation.definition.parameter  mount:entity.other.attribute-name.flag  =:keyword.operator.assignment  type:variable.parameter  =:keyword.operator.assignment  cache:string.unquoted  ,:punctuation.separator  target:variable.parameter  =:keyword.operator.assignment  /x:string.unquoted  \\:constant.character.escape.line-continuation
    #:punctuation.definition.comment  why:comment.line.number-sign
    apt:word.shell  update:word.shell  &&:meta.embedded.block.shellscript  \\:constant.character.escape.line-continuation
    apt:word.shell  install:word.shell  ":string.shell  a # b:string.shell  \\:constant.character.escape.line-continuation
    c:string.shell  ":string.shell  #:punctuation.definition.comment  trailing:comment.line.number-sign  \\:constant.character.escape.line-continuation
    d:word.shell
    USER:keyword.other.special-method  me:string.unquoted"
  `);
});

test('marks a heredoc as shell up to its terminator', () => {
  expect(
    formatTokens(dockerfile`
      RUN <<-"EOF"
      # a comment
      ls
      	EOF
      USER me
    `),
  ).toMatchInlineSnapshot(`
    "RUN:keyword.other.special-method  <<-:keyword.operator.heredoc  ":punctuation.definition.string.begin  EOF:keyword.control.heredoc-token  ":punctuation.definition.string.end
    # a comment:comment.shell
    ls:word.shell
    EOF:keyword.control.heredoc-token
    USER:keyword.other.special-method  me:string.unquoted"
  `);
});

describe('language of a heredoc', () => {
  test.each([
    ['RUN python3 <<EOF', 'print', 'word.python'],
    ['RUN --network=none \\\n  python3 <<EOF', 'print', 'word.python'],
    ['RUN <<EOF\n#!/usr/bin/env python3', 'print', 'word.python'],
    ['RUN cat <<EOF > x', 'print', 'string.unquoted.heredoc'],
    ['COPY <<EOF /x.sh', 'ls', 'word.shell'],
    ['COPY <<EOF /x.py', 'print', 'word.python'],
    ['COPY <<EOF /x.json', 'null', 'word.json'],
    ['COPY <<EOF /x.yaml', 'a', 'word.yaml'],
    ['COPY <<EOF /x.conf', 'a', 'word.ini'],
    ['COPY <<EOF /x\n#!/bin/sh', 'ls', 'word.shell'],
    ['COPY <<EOF /x', 'ls', 'string.unquoted.heredoc'],
    ['ADD <<A <<EOF /x\n1\nA', 'ls', 'string.unquoted.heredoc'],
    ['ONBUILD RUN <<EOF', 'ls', 'word.shell'],
  ])('%j', (opening, word, scope) => {
    const lines = tokens(`${opening}\n${word}\nEOF\nUSER me`);
    expect(lines.at(-3)?.[0]?.scopes.at(-1)).toBe(scope);
    expect(lines.at(-2)?.[0]?.scopes.at(-1)).toBe('keyword.control.heredoc-token');
    expect(lines.at(-1)?.[0]?.scopes.at(-1)).toBe('keyword.other.special-method');
  });
});

test.each([
  'RUN echo "open',
  "RUN echo 'open \\\n more",
  'RUN <<EOF\necho "open\nEOF',
  'COPY "a b',
  'ENV A="b',
  'CMD ["a", "b',
  'RUN ${A',
  'FROM ${A:-',
  'HEALTHCHECK CMD echo "a',
  'ONBUILD RUN "a',
  'RUN if [ "$a',
  'RUN echo $((1 << 2)) "<<EOF" <<< x',
])('ends unclosed syntax before the next instruction: %j', (open) => {
  const last = tokens(`${open}\nUSER me`).at(-1);
  expect(last?.map(({ scopes }) => scopes.at(-1))).toContain('keyword.other.special-method');
});

test('marks the exec form as JSON, but not a shell test', () => {
  expect(
    formatTokens(dockerfile`
      ENTRYPOINT [ "a", "b\n" ]
      RUN [ "$a" = b ]
      HEALTHCHECK --interval=5s CMD ["a"]
      HEALTHCHECK NONE
    `),
  ).toMatchInlineSnapshot(`
    "ENTRYPOINT:keyword.other.special-method  [:punctuation.definition.array.begin  ":punctuation.definition.string.begin  a:string.quoted.double  ":punctuation.definition.string.end  ,:punctuation.separator.array  ":punctuation.definition.string.begin  b:string.quoted.double  \\n:constant.character.escape  ":punctuation.definition.string.end  ]:punctuation.definition.array.end
    RUN:keyword.other.special-method  [:meta.embedded.block.shellscript  ":string.shell  $a:string.shell  ":string.shell  =:meta.embedded.block.shellscript  b:word.shell  ]:meta.embedded.block.shellscript
    HEALTHCHECK:keyword.other.special-method  --:punctuation.definition.parameter  interval:entity.other.attribute-name.flag  =:keyword.operator.assignment  5s:string.unquoted  CMD:keyword.other.special-method  [:punctuation.definition.array.begin  ":punctuation.definition.string.begin  a:string.quoted.double  ":punctuation.definition.string.end  ]:punctuation.definition.array.end
    HEALTHCHECK:keyword.other.special-method  NONE:keyword.other.special-method"
  `);
});

test('continues lines at backticks, not at backslashes, with escape=`', () => {
  expect(
    formatTokens('# escape=`\nFROM a\nCOPY a C:\\\nRUN dir `\n  x \\\nENV A=1 `\n  B=2\nUSER me'),
  ).toMatchInlineSnapshot(`
    "#:punctuation.definition.comment  escape:keyword.other.directive  =:keyword.operator.assignment  \`:constant.character.escape
    FROM:keyword.other.special-method  a:entity.name.type.image
    COPY:keyword.other.special-method  a:string.unquoted.path  C::string.unquoted.path  \\:meta.instruction.copy
    RUN:keyword.other.special-method  dir:word.powershell  \`:constant.character.escape.line-continuation
    x:word.powershell  \\:meta.embedded.block.powershell
    ENV:keyword.other.special-method  A:variable.other.assignment  =:keyword.operator.assignment  1:string.unquoted  \`:constant.character.escape.line-continuation
    B:variable.other.assignment  =:keyword.operator.assignment  2:string.unquoted
    USER:keyword.other.special-method  me:string.unquoted"
  `);
});

test('marks ports and protocols', () => {
  expect(formatTokens('EXPOSE 80/tcp 90-99 $P')).toMatchInlineSnapshot(
    `"EXPOSE:keyword.other.special-method  80:constant.numeric.port  /:punctuation.separator  tcp:constant.language.protocol  90:constant.numeric.port  -:keyword.operator.range  99:constant.numeric.port  $:punctuation.definition.variable  P:variable.other"`,
  );
});
