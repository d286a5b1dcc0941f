/**
 * Invariants of the tree of any text, checked with real and mutated Dockerfiles. `npm test` checks 20,000 mutations in
 * a few seconds; DRYDOCK_MUTATIONS=200000 checks that many, in the same order.
 */
import { expect, test } from 'vitest';
import { cpuTime } from '../cpu-time.ts';
import { nodesAt } from '../../server/src/syntax/nodes-at.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { encloses } from '../../server/src/text/span.ts';
import { findViolations } from './laws.ts';
import { mutate, randomText, createRandomIntegers } from './mutations.ts';
import { texts } from './texts.ts';

const mutations = Number(process.env.DRYDOCK_MUTATIONS ?? 20_000);
/** Milliseconds of CPU time that no text takes, even on a slow machine. */
const maxTime = 3000;
/** Milliseconds for many texts on a busy machine. */
const timeout = 300_000;

/** Fails with the text and the invariants that it violates. */
function checkInvariants(text: string, depth: 'tree' | 'model' | 'scripts'): void {
  let wrong: ReturnType<typeof findViolations> = [];
  const slow = cpuTime(() => (wrong = findViolations(text, depth))) > maxTime;
  if (wrong.length > 0 || slow)
    expect({ wrong, slow, text }).toEqual({ wrong: [], slow: false, text });
}

test('there are more than 30 Dockerfiles', () => {
  expect(texts.length).toBeGreaterThan(30);
});

test('invariants hold for real Dockerfiles', { timeout }, () => {
  for (const text of texts) checkInvariants(text, 'scripts');
});

test('invariants hold for mutated Dockerfiles', { timeout: timeout + 5 * mutations }, () => {
  const below = createRandomIntegers(7);
  for (let i = 0; i < mutations; i++) {
    const text = texts[below(texts.length)] ?? '';
    // Most mutations are applied to a few lines only, which is faster and finds as much.
    const from = below(4) === 0 ? 0 : text.indexOf('\n', below(text.length)) + 1;
    const excerpt = below(8) === 0 ? text : text.slice(from, from + 100 + below(1500));
    checkInvariants(mutate(excerpt, below), i % 10 === 0 ? 'scripts' : 'model');
  }
});

test('invariants hold for Dockerfiles cut at every offset', { timeout }, () => {
  const short = texts.filter(({ length }) => length > 500 && length < 4000);
  const below = createRandomIntegers(3);
  for (let i = 0; i < 10; i++) {
    const text = short[below(short.length)] ?? '';
    for (let at = 0; at <= text.length; at++) checkInvariants(text.slice(0, at), 'model');
  }
});

test('invariants hold for random text', { timeout }, () => {
  const below = createRandomIntegers(11);
  for (let i = 0; i < 4000; i++)
    checkInvariants(randomText(below), i % 4 === 0 ? 'scripts' : 'model');
});

test('nodesAt returns only nodes that contain the offset', { timeout }, () => {
  for (const text of texts.slice(0, 20)) {
    const tree = parse(text);
    for (let offset = 0; offset <= text.length; offset += 7) {
      const wrong = nodesAt(tree, offset)
        .filter(({ kind }) => kind !== 'heredoc')
        .filter(({ node: { span } }) => !encloses(span, { start: offset, end: offset }));
      expect(wrong).toEqual([]);
    }
  }
});

test('parsing long and deeply nested texts stays within the CPU limit', { timeout }, () => {
  const shapes = [
    `FROM a\nRUN <<EOF\n${'echo hello world\n'.repeat(60000)}EOF\n`,
    `FROM a\nRUN a \\\n${'  && echo hello \\\n'.repeat(20000)}  b\n`,
    'RUN echo hello\n'.repeat(20000),
    `FROM a\nLABEL x=${'${a:-'.repeat(60000)}`,
    `FROM a\n${'ONBUILD '.repeat(60000)}`,
    `FROM a\nRUN ${'['.repeat(200000)}`,
    `FROM a\nRUN ${'<<A '.repeat(20000)}\n${'A\n'.repeat(20000)}`,
    `FROM a\nENV ${'a=b \\\n # c\n\n'.repeat(20000)}d=e`,
  ];
  for (const text of shapes) {
    // The limit is about a hundred times the typical time; quadratic time would exceed it by far.
    expect(cpuTime(() => parse(text))).toBeLessThan(maxTime);
  }
});
