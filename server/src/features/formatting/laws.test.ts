/** Formatting does not change what is built: checked on real Dockerfiles, mutated ones and random text. */
import { expect, test } from 'vitest';
import { cpuTime } from '../../../../test/cpu-time.ts';
import { meaning, printedByBash, scriptsOf } from '../../../../test/corpus/formatted-meaning.ts';
import { mutate, randomText, createRandomIntegers } from '../../../../test/corpus/mutations.ts';
import { texts } from '../../../../test/corpus/texts.ts';
import { document } from '../../model/document.ts';
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
  const before = meaning(parse(text));
  const after = meaning(parse(once));
  if (JSON.stringify(before) !== JSON.stringify(after))
    expect({ ...after, text, once }).toEqual({ ...before, text, once });
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
