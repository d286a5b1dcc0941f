/** Formatting does not change what is built: checked on real Dockerfiles, mutated ones and random text. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { cpuTime } from '../../../../test/cpu-time.ts';
import { mutate, randomText, createRandomIntegers } from '../../../../test/corpus/mutations.ts';
import { texts } from '../../../../test/corpus/texts.ts';
import { document } from '../../model/document.ts';
import { heredocScript } from '../../model/scripts.ts';
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
          ...one.redirects.flatMap(({ operator, target, body }) => [
            operator,
            ...raw([target]),
            ...(body ? [body.raw] : []),
          ]),
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

/** The words of the script of `RUN <<EOF` that a shell can run; other bodies as they are. */
function bodyOf(tree: Dockerfile, instruction: Instruction, body: string): unknown {
  const masked = instruction.kind === 'RUN' ? heredocScript(tree, instruction) : undefined;
  if (masked === undefined || /^#!|[\r\f\v]/.test(body)) return body;
  const { statements, errors, separators } = parseScript(masked, 'bash');
  if (errors.length > 0) return body;
  return [shellWords(statements), separators.map(({ text }) => text), commentsIn(body)];
}

function commentsIn(body: string): readonly string[] {
  return body.split('\n').flatMap((line) => {
    const content = line.trim();
    return content.startsWith('#') ? [content] : [];
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
      bodyOf(tree, instruction, slice(tree.text, body)),
      chomp,
      expands,
      terminator !== undefined,
    ]),
  };
  if (kind === 'ONBUILD') return [shared, instruction.trigger && built(tree, instruction.trigger)];
  if (kind === 'FROM')
    return [shared, words.length, text(instruction.image), text(instruction.name)];
  if (kind === 'ARG' || kind === 'ENV' || kind === 'LABEL')
    return [shared, instruction.pairs.map(({ key, value }) => [key.text, value?.text])];
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
  { ...defaultOptions, heredocScripts: false, equalsSigns: false, singleSpaces: false },
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

/** Scripts as `RUN` and `RUN <<EOF` run them, one for each instruction of a POSIX shell. */
function scriptsOf(text: string): readonly string[] {
  const { tree, model } = document('untitled:Dockerfile', text);
  return tree.instructions.flatMap((one) => {
    const dialect = one.kind === 'RUN' ? model.script(one)?.dialect : undefined;
    if (one.kind !== 'RUN' || (dialect !== 'sh' && dialect !== 'bash')) return [];
    const [heredoc, other] = one.heredocs;
    if (heredoc === undefined) return [joined(tree, one.command?.span ?? one.span)];
    const isScript = other === undefined && heredocScript(tree, one) !== undefined;
    return isScript ? [slice(text, heredoc.body)] : [];
  });
}

/** Between scripts; a script that is cut off cannot print it. */
const marker = ': end of the script';

/** The scripts as bash writes what it has read, without running it; undefined for a script that it cannot read. */
function printedByBash(scripts: readonly string[]): readonly (string | undefined)[] {
  if (scripts.length === 0) return [];
  const input = scripts.map((script) => `${script}\n${marker}\n`).join('');
  const { stdout, status } = spawnSync('bash', ['--norc', '--pretty-print'], {
    input,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const printed = stdout.split(marker);
  if (status === 0 && printed.length === scripts.length + 1) return printed.slice(0, -1);
  if (scripts.length === 1) return [undefined];
  const middle = scripts.length >> 1;
  return [...printedByBash(scripts.slice(0, middle)), ...printedByBash(scripts.slice(middle))];
}

test('bash reads the scripts of formatted Dockerfiles as before', { timeout }, () => {
  const below = createRandomIntegers(31);
  const changed = new Map<string, string>();
  const add = (text: string, options: FormatOptions): void => {
    // A null character cannot be in a script.
    if (/[\0\ud800-\udfff]/.test(text)) return;
    const result = scriptsOf(formatted(text, options));
    const old = scriptsOf(text);
    if (result.length !== old.length) expect({ text, result }).toEqual({ text, result: old });
    for (const [i, script] of old.entries())
      if (result[i] !== script) changed.set(script, result[i] ?? '');
  };
  for (const text of texts) add(text, defaultOptions);
  const heredocs = texts.filter((text) => /RUN.*<</.test(text));
  for (let i = 0; i < mutations / 10; i++)
    add(
      mutate(heredocs[below(heredocs.length)] ?? '', below),
      optionVariants[i % 3] ?? defaultOptions,
    );
  const old = printedByBash([...changed.keys()]);
  const result = printedByBash([...changed.values()]);
  // Line breaks in a substitution are printed as they are written.
  const plain = (text: string | undefined): string | undefined => text?.replace(/\s+/g, ' ');
  for (const [i, [script, after]] of [...changed].entries())
    if (plain(old[i]) !== plain(result[i]))
      expect({ script, after, read: result[i] }).toEqual({ script, after, read: old[i] });
  expect(old.filter((text) => text !== undefined).length).toBeGreaterThan(20);
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
    `FROM a\nRUN <<E\n${'if a; then\nb\nfi\n'.repeat(20000)}E\n`,
    `FROM a\nRUN <<E\n${'cat <<X\nb\nX\n'.repeat(10000)}E\n`,
    `FROM a\nRUN <<E\n${'# a\n'.repeat(40000)}E\n`,
    `FROM a\nRUN <<E\na \\\n${' b \\\n'.repeat(40000)}c\nE\n`,
    `FROM a\nRUN ${'for a in b; do \\\n'.repeat(300)}x ${'; done \\\n'.repeat(300)}\n`,
  ];
  for (const text of shapes) {
    const one = document('untitled:Dockerfile', text);
    expect(one.model.stages.length).toBeLessThan(2);
    expect(cpuTime(() => format(one, defaultOptions))).toBeLessThan(3000);
  }
});
