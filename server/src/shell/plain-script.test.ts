import { expect, test } from 'vitest';
import { dockerfiles } from '../../../test/dockerfiles.ts';
import { createRandom } from '../../../test/random.ts';
import { parse } from '../syntax/parse.ts';
import { parseOneLine } from './one-line.ts';
import { PlainScript } from './plain-script.ts';
import { variableUses, type VariableUse } from './variable-uses.ts';

const plain = new PlainScript();

/** The uses of a script that begins at the offset 3; undefined if it is not plain. */
function plainUses(text: string): readonly string[] | undefined {
  return plain.read({ at: 3, text }) ? plain.uses(`abc${text}`).map(described) : undefined;
}

/** Each use as text. */
const described = ({ name, span, kind }: Pick<VariableUse, 'name' | 'span' | 'kind'>): string =>
  `${span.start}-${span.end} ${name} ${kind}`;

function usesInTree(text: string, dialect: 'sh' | 'bash'): readonly string[] {
  const { statements } = parseOneLine({ at: 3, text }, dialect);
  const uses = [...variableUses(statements, dialect)];
  return uses.sort((a, b) => a.span.start - b.span.start).map(described);
}

const scripts = dockerfiles.flatMap((file) =>
  parse(file).instructions.flatMap((one) =>
    one.kind === 'RUN' && one.command?.form === 'shell' ? [one.command.script.text] : [],
  ),
);

function expectSame(text: string): boolean {
  const found = plainUses(text);
  if (found === undefined) return false;
  for (const dialect of ['sh', 'bash'] as const)
    expect(found, text).toEqual(usesInTree(text, dialect));
  return true;
}

test('finds the uses that the tree of a script has, in real scripts', () => {
  expect(scripts.filter(expectSame).length).toBeGreaterThan(scripts.length / 5);
});

test('finds the uses that the tree of a script has, in parts of scripts with other characters', () => {
  const next = createRandom(3);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const characters = Array.from('\'"`$(){}[]<>|&;#\\\n =+!a1^~é');
  let count = 0;
  for (let i = 0; i < 20_000; i++) {
    const script = pick(scripts).slice(0, 2000);
    const [from, at] = [Math.floor(next() * script.length), Math.floor(next() * 200)];
    const part = script.slice(from, from + 200);
    if (expectSame(part.slice(0, at) + pick(characters) + part.slice(at))) count++;
  }
  expect(count).toBeGreaterThan(2000);
});

const tokens = [
  ...['a', 'A', 'b1', 'A=', 'A+=', 'A=b', '=', '+', '$A', '${A}', '$', '${', '}', '{', '"', '"$A"'],
  ...[
    "'",
    "'$A'",
    '\\',
    '\\\n',
    '\n',
    ' ',
    ' ',
    ' ',
    '\t',
    ';',
    '; ',
    '&',
    '&&',
    ' && ',
    '|',
    ' | ',
  ],
  ...[
    '||',
    '>',
    '<',
    '2',
    '(',
    ')',
    '[',
    ']',
    '!',
    '#',
    '`',
    '-',
    '-v',
    'if',
    'done',
    'time',
    'in',
  ],
  ...['export', 'read', 'sh -c', 'env', '/usr/bin/env', 'sudo', 'é', '~', '*', '?', '@', '%', '/'],
];

test('finds the uses that the tree of a script has, in tokens in any order', () => {
  const next = createRandom(5);
  let count = 0;
  for (let i = 0; i < 60_000; i++) {
    const length = 1 + Math.floor(next() * 10);
    const text = Array.from({ length }, () => tokens[Math.floor(next() * tokens.length)]).join('');
    if (expectSame(text)) count++;
  }
  expect(count).toBeGreaterThan(6000);
});

test.each([
  ['a=c; echo $a', '3-4 a assignment, 14-15 a read'],
  ['A=b B=$A make "x ${A}" | tee', '3-4 A prefix, 7-8 B prefix, 10-11 A read, 22-23 A read'],
  ["A=1 && B=2 && \\\n  echo 'x $A'", '3-4 A assignment, 10-11 B assignment'],
])('finds the uses in %s', (text, expected) => {
  expect(plainUses(text)?.join(', ')).toBe(expected);
});
