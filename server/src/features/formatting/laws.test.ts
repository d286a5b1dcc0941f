/** Formatting does not change what is built: checked on real Dockerfiles, mutated ones and random text. */
import { expect, test } from 'vitest';
import { cpuTime } from '../../../../test/cpu-time.ts';
import { mutate, randomText, createRandomIntegers } from '../../../../test/corpus/mutations.ts';
import { texts } from '../../../../test/corpus/texts.ts';
import { document } from '../../model/document.ts';
import { parseScript } from '../../shell/parse.ts';
import type { ShellWord, Statement } from '../../shell/script.ts';
import { commandLineOf } from '../../syntax/instruction-node.ts';
import type { Dockerfile, Instruction, Word } from '../../syntax/tree.ts';
import { parse } from '../../syntax/parse.ts';
import { applyEdits, overlaps } from '../../text/edit.ts';
import { slice } from '../../text/span.ts';
import { format } from './format.ts';
import { type FormatOptions, defaultOptions } from './options.ts';

const mutations = Number(process.env.DRYDOCK_MUTATIONS ?? 20_000) / 4;
const timeout = 300_000 + 5 * mutations;

function formatted(text: string, options: FormatOptions): string {
  return applyEdits(text, format(document('untitled:Dockerfile', text), options));
}

/** The lines that BuildKit joins into an instruction, without heredocs. */
function joined(tree: Dockerfile, { start, end }: { start: number; end: number }): string {
  const rows = tree.text.slice(start, end).split('\n');
  return rows
    .filter((row, i) => i === 0 || !/^\s*(#|$)/.test(row))
    .map((row) => row.replace(/\r+$/, ''))
    .map((row) => {
      const bare = row.replace(/[ \t]+$/, '');
      return bare.endsWith(tree.escape) ? bare.slice(0, -1) : row;
    })
    .join('')
    .trim();
}

/** In a substitution, and in the parentheses and braces of PowerShell, the whitespace between words is insignificant. */
function rawOf({ raw, scripts }: ShellWord): readonly string[] {
  if (scripts.length > 0) return [raw.replace(/\s+/g, ' '), ...shellWords(scripts)];
  return [
    /[({]/.test(raw)
      ? raw.replace(/("[^"]*"|'[^']*')|\s+/g, (_, quoted?: string) => quoted ?? ' ')
      : raw,
  ];
}

function shellWords(statements: readonly Statement[]): readonly string[] {
  const raw = (words: readonly (ShellWord | undefined)[]): readonly string[] =>
    words.flatMap((word) => (word ? rawOf(word) : []));
  return statements.flatMap((one): readonly string[] => {
    switch (one.kind) {
      case 'command':
        return [
          ...raw([...one.assignments, one.name, ...one.args]),
          ...one.redirects.flatMap(({ operator, target }) => [operator, ...raw([target])]),
        ];
      case 'pipeline':
        return ['|', ...shellWords(one.parts)];
      case 'chain':
        return [...one.operators.map(({ text }) => text), ...shellWords(one.parts)];
      case 'block':
        return [one.opener, ...raw(one.words), ...shellWords(one.bodies), 'end'];
    }
  });
}

/** The content of an instruction, independent of its layout. */
function built(tree: Dockerfile, instruction: Instruction): unknown {
  const text = (word: Word | undefined): string | undefined => word?.text;
  const { kind, flags, heredocs, words } = instruction;
  const shared = {
    kind,
    flags: flags.map(({ name, value }) => [name.text, value?.text]),
    heredocs: heredocs.map(({ body, name, chomp, expands, terminator }) => [
      name.text,
      slice(tree.text, body),
      chomp,
      expands,
      terminator !== undefined,
    ]),
  };
  if (kind === 'ONBUILD') return [shared, instruction.trigger && built(tree, instruction.trigger)];
  if (kind === 'FROM')
    return [shared, words.length, text(instruction.image), text(instruction.name)];
  if (kind === 'ARG' || kind === 'ENV' || kind === 'LABEL')
    return [
      shared,
      instruction.pairs.map(({ key, value, legacy }) => [key.text, value?.text, legacy]),
    ];
  const command = commandLineOf(instruction);
  // `NONE` is a keyword, too.
  if (!command && kind === 'HEALTHCHECK')
    return [shared, words.map((word) => word.text.toUpperCase())];
  if (!command) return [shared, words.map(text)];
  const type = kind === 'HEALTHCHECK' ? instruction.type?.text.toUpperCase() : undefined;
  if (command.form !== 'shell') return [shared, type, command.argv.map(text)];
  const line = joined(tree, {
    start: command.span.start,
    end: heredocs[0]?.body.start ?? command.span.end,
  });
  const script = parseScript({ at: 0, text: line }, 'sh');
  // A shell ignores whitespace after an operator.
  const bare = line.replace(/\s+/g, ' ').replace(/(?<=[;|&]) /g, '');
  return [shared, type, bare, shellWords(script.statements)];
}

function meaning(text: string): unknown {
  const tree = parse(text);
  return {
    instructions: tree.instructions.map((one) => built(tree, one)),
    directives: tree.directives.map(({ name, value }) => [name, value]),
    comments: tree.comments.map(({ text: content, isInside }) => [content.trimEnd(), isInside]),
    errors: tree.errors.map(({ code }) => code),
  };
}

function expectSameMeaning(text: string, options: FormatOptions): void {
  const edits = format(document('untitled:Dockerfile', text), options);
  for (const [i, edit] of edits.entries()) {
    const next = edits[i + 1];
    if (next && overlaps(edit, next))
      expect({ text, edit, next }).toBe('edits that do not overlap');
    if (slice(text, edit.span) === edit.text)
      expect({ text, edit }).toBe('edits that change something');
  }
  const once = applyEdits(text, edits);
  const before = meaning(text);
  const after = meaning(once);
  if (JSON.stringify(before) !== JSON.stringify(after))
    expect({ ...(after as object), text, once }).toEqual({ ...(before as object), text, once });
  const twice = formatted(once, options);
  if (twice !== once) expect({ text, result: twice }).toEqual({ text, result: once });
}

const optionVariants: readonly FormatOptions[] = [
  defaultOptions,
  { ...defaultOptions, insertSpaces: false },
  { ...defaultOptions, tabSize: 2, keywordCase: 'lower' },
];

test('formatting real Dockerfiles keeps their meaning and is idempotent', { timeout }, () => {
  for (const text of texts)
    for (const options of optionVariants)
      for (const each of [text, text.replaceAll('\n', '\r\n')]) expectSameMeaning(each, options);
});

test('formatting mutated Dockerfiles keeps their meaning and is idempotent', { timeout }, () => {
  const below = createRandomIntegers(19);
  for (let i = 0; i < mutations; i++) {
    const text = texts[below(texts.length)] ?? '';
    const from = below(4) === 0 ? 0 : text.indexOf('\n', below(text.length)) + 1;
    const piece = below(8) === 0 ? text : text.slice(from, from + 100 + below(1500));
    expectSameMeaning(
      mutate(piece, below),
      optionVariants[i % optionVariants.length] ?? defaultOptions,
    );
  }
});

test('formatting random text keeps its meaning and is idempotent', { timeout }, () => {
  const below = createRandomIntegers(23);
  for (let i = 0; i < 4000; i++)
    expectSameMeaning(
      randomText(below),
      optionVariants[i % optionVariants.length] ?? defaultOptions,
    );
});

test('the time grows linearly with the text', { timeout }, () => {
  const shapes = [
    `FROM a\nRUN a \\\n${'  && echo hello \\\n'.repeat(20000)}  && b\n`,
    'RUN  echo hello\n\n\n'.repeat(20000),
    `FROM a\nENV ${'a=b \\\n # c\n\n'.repeat(20000)}d=e`,
    `FROM a\nRUN a \\\n${'\\\n'.repeat(50000)}b\n`,
    `FROM a\nRUN a \\\n${' \\\n'.repeat(50000)}b\n`,
    `FROM a\nENV ${'a="b \\\n c" \\\n'.repeat(20000)}d=e`,
    `FROM a\nRUN apt-get install ${'\\\n a '.repeat(20000)}\n`,
    `FROM a\nRUN ${'for a in b; do \\\n'.repeat(300)}x ${'; done \\\n'.repeat(300)}\n`,
  ];
  for (const text of shapes) {
    const one = document('untitled:Dockerfile', text);
    expect(one.model.stages.length).toBeLessThan(2);
    expect(cpuTime(() => format(one, defaultOptions))).toBeLessThan(3000);
  }
});
