import { expect, test } from 'vitest';
import { dockerfiles } from '../../../test/dockerfiles.ts';
import { cpuTime } from '../../../test/cpu-time.ts';
import { createModel } from '../model/lazy-model.ts';
import { parse } from '../syntax/parse.ts';
import type { MaskedText, Node } from '../text/span.ts';
import { commands, nameOf } from './commands.ts';
import { parseOneLine } from './one-line.ts';
import { parseScript } from './parse.ts';
import type { Command, Dialect, Redirect, Script, ShellWord, Statement } from './script.ts';
import { variablesOf } from './variables.ts';
import { createRandom } from '../../../test/random.ts';

const models = dockerfiles.map((text) => createModel(parse(text)));

/** RUN bodies of real files, by whether a POSIX shell runs them. */
function bodiesOf(posix: boolean): MaskedText[] {
  return models.flatMap((model) =>
    [...model.each('RUN')].flatMap((run) => {
      const { dialect } = model.stateAt(run).shell;
      const fits = posix === (dialect === 'sh' || dialect === 'bash');
      return fits && run.command?.form === 'shell' ? [run.command.script] : [];
    }),
  );
}
const posixBodies: readonly MaskedText[] = [
  ...bodiesOf(true),
  {
    at: 7,
    text: 'set -eux; \\\n   apt-get update && apt-get install -y "a b" $(x `y`) <<E\n$X\nE',
  },
];
const bodies = [...posixBodies, ...bodiesOf(false)];
const dialects: readonly Dialect[] = ['bash', 'powershell', 'cmd'];

interface Visit {
  readonly word: (word: ShellWord) => void;
  readonly child: (parent: Node, child: Node) => void;
  readonly command?: (command: Command) => void;
}

function visit(statement: Statement, to: Visit): void {
  const inside = (parent: Node, words: readonly ShellWord[]): void => {
    for (const word of words) {
      to.child(parent, word);
      to.word(word);
      for (const script of word.scripts) {
        to.child(word, script);
        visit(script, to);
      }
      for (const variable of word.variables) to.child(word, variable);
    }
  };
  const redirected = (redirects: readonly Redirect[]): void => {
    for (const redirect of redirects) {
      to.child(statement, redirect);
      if (redirect.target) inside(redirect, [redirect.target]);
      if (redirect.body) inside(redirect.body, [redirect.body]);
    }
  };
  if (statement.kind === 'command') {
    to.command?.(statement);
    inside(statement, [
      ...statement.assignments,
      ...(statement.name ? [statement.name] : []),
      ...statement.args,
    ]);
    redirected(statement.redirects);
    return;
  }
  const parts = statement.kind === 'block' ? statement.bodies : statement.parts;
  for (const part of parts) {
    to.child(statement, part);
    visit(part, to);
  }
  if (statement.kind === 'chain')
    for (const operator of statement.operators) to.child(statement, operator);
  if (statement.kind !== 'block') return;
  inside(statement, statement.words);
  redirected(statement.redirects);
}

const place = ({ kind = '·', span }: Node & { readonly kind?: string }): string =>
  `${kind} ${span.start}-${span.end}`;

function check({ at, text }: MaskedText, script: Script): string[] {
  const wrong: string[] = [];
  const to: Visit = {
    word({ span, raw }) {
      if (text.slice(span.start - at, span.end - at) !== raw) wrong.push(`word ${raw}`);
    },
    child(parent, child) {
      if (child.span.start < parent.span.start || child.span.end > parent.span.end)
        wrong.push(`${place(child)} outside ${place(parent)} in ${text.slice(0, 300)}`);
    },
  };
  const whole = { span: { start: at, end: at + text.length } };
  for (const statement of script.statements) {
    to.child(whole, statement);
    visit(statement, to);
  }
  for (const { span, text: sign } of script.separators)
    if (span.end > span.start && text.slice(span.start - at, span.end - at) !== sign)
      wrong.push(`separator ${sign}`);
  for (const { command } of commands(script)) to.child(whole, command);
  return wrong;
}

test.each(dialects)(
  '%s: words have the right spans, and children are inside parents',
  (dialect) => {
    expect(bodies.flatMap((body) => check(body, parseScript(body, dialect)))).toEqual([]);
  },
);

/** The text that BuildKit passes to the shell, without continuations. */
function withoutContinuations(text: string): string {
  return text.replace(/\\\n */g, '');
}

test('a masked body has the same commands as the joined text', () => {
  const simple = posixBodies.filter(({ text }) => !text.includes('<<'));
  const names = (text: string): (string | undefined)[] =>
    commands(parseOneLine({ at: 0, text }, 'bash')).map(({ command }) => nameOf(command));
  // Whitespace at the start of a line separates words in both.
  const different = simple.filter(
    ({ text }) =>
      names(text).join('\0') !==
        names(withoutContinuations(text.replace(/\\\n/g, '\\\n '))).join('\0') &&
      names(text).join('\0') !== names(withoutContinuations(text)).join('\0'),
  );
  expect(different.map(({ text }) => text)).toEqual([]);
});

test.each(dialects)(
  '%s: parsing broken bodies does not throw, and their trees are valid',
  (dialect) => {
    const next = createRandom(42);
    const signs = Array.from('\'"`$(){}[]<>|&;#\\\n %^@');
    for (let i = 0; i < 1000; i++) {
      const { text } = bodies[Math.floor(next() * bodies.length)] ?? { text: '' };
      const cut = Math.floor(next() * text.length);
      const sign = signs[Math.floor(next() * signs.length)] ?? '';
      const kinds = [
        text.slice(0, cut),
        text.slice(0, cut) + sign + text.slice(cut),
        text.slice(cut),
        text.slice(0, cut) + text.slice(cut + 1 + Math.floor(next() * 20)),
      ];
      const broken = { at: 3, text: (kinds[i % kinds.length] ?? '').slice(0, 1500) };
      const script = parseScript(broken, dialect);
      variablesOf(script);
      expect(check(broken, script), broken.text).toEqual([]);
    }
  },
  30_000,
);

test('deep and long bodies do not take long', () => {
  const slow: string[] = [];
  for (const piece of [
    'echo $(',
    '(',
    '{ ',
    'if ',
    '"$(',
    '`',
    'a && ',
    'sudo ',
    'sh -c "',
    '<<E ',
    '$((',
    '${a:-',
  ])
    for (const dialect of dialects) {
      const took = cpuTime(() =>
        commands(parseScript({ at: 0, text: piece.repeat(20_000) }, dialect)),
      );
      if (took > 5000) slow.push(`${dialect} ${piece} ${took.toFixed()} ms`);
    }
  expect(slow).toEqual([]);
});

test('knows of each command whether its words and redirects may contain scripts', () => {
  const substitutions = [
    'a $(b)',
    'a=`b` c',
    'a > "$(b)" c',
    'a <<E; b\n$(c)\nE',
    'a "${b:-$(c)}" d',
  ];
  const texts = [...bodies, ...substitutions.map((text) => ({ at: 0, text }))];
  const wrong: string[] = [];
  let withScripts = 0;
  const command = ({ name, args, assignments, redirects, mayContainScripts }: Command): void => {
    const words = [...(name ? [name] : []), ...args, ...assignments];
    const inRedirects = redirects.flatMap(({ target, body }) => [target, body]);
    const all = [...words, ...inRedirects.flatMap((word) => word ?? [])];
    if (!all.some(({ scripts }) => scripts.length > 0)) return;
    withScripts++;
    if (!mayContainScripts) wrong.push(name?.raw ?? '');
  };
  const to: Visit = { word: () => undefined, child: () => undefined, command };
  for (const text of texts)
    for (const dialect of dialects)
      for (const statement of parseScript(text, dialect).statements) visit(statement, to);
  expect(wrong).toEqual([]);
  expect(withScripts).toBeGreaterThan(20);
});
