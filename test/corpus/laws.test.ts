/**
 * What holds of the tree of any text, shown on real Dockerfiles and on damaged ones. `npm test` looks at 20,000
 * damaged ones in a few seconds; DRYDOCK_MUTATIONS=200000 looks at as many as that says, in the same order.
 */
import { expect, test } from 'vitest';
import { effort } from '../effort.ts';
import { nodesAt } from '../../server/src/syntax/nodes-at.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { encloses } from '../../server/src/text/span.ts';
import { broken } from './laws.ts';
import { damaged, noise, numbersBelow } from './mutations.ts';
import { texts } from './texts.ts';

const mutations = Number(process.env.DRYDOCK_MUTATIONS ?? 20_000);
/** Nothing in this room takes so long for one text, on the slowest machine. */
const patience = 3000;
/** For many texts on a machine that has other things to do. */
const timeout = 300_000;

/** A text that breaks a law fails the test by showing itself. */
function hold(text: string, asked: 'tree' | 'model' | 'scripts'): void {
  let wrong: ReturnType<typeof broken> = [];
  const slow = effort(() => (wrong = broken(text, asked))) > patience;
  if (wrong.length > 0 || slow)
    expect({ wrong, slow, text }).toEqual({ wrong: [], slow: false, text });
}

test('there is something to look at', () => {
  expect(texts.length).toBeGreaterThan(30);
});

test('the laws hold of whole Dockerfiles', { timeout }, () => {
  for (const text of texts) hold(text, 'scripts');
});

test('the laws hold of damaged Dockerfiles', { timeout: timeout + 5 * mutations }, () => {
  const below = numbersBelow(7);
  for (let i = 0; i < mutations; i++) {
    const text = texts[below(texts.length)] ?? '';
    // Most of the damage is done to a few lines, which show it as well as many.
    const from = below(4) === 0 ? 0 : text.indexOf('\n', below(text.length)) + 1;
    const piece = below(8) === 0 ? text : text.slice(from, from + 100 + below(1500));
    hold(damaged(piece, below), i % 10 === 0 ? 'scripts' : 'model');
  }
});

test('the laws hold of Dockerfiles cut at every offset', { timeout }, () => {
  const short = texts.filter(({ length }) => length > 500 && length < 4000);
  const below = numbersBelow(3);
  for (let i = 0; i < 10; i++) {
    const text = short[below(short.length)] ?? '';
    for (let at = 0; at <= text.length; at++) hold(text.slice(0, at), 'model');
  }
});

test('the laws hold of noise', { timeout }, () => {
  const below = numbersBelow(11);
  for (let i = 0; i < 4000; i++) hold(noise(below), i % 4 === 0 ? 'scripts' : 'model');
});

test('every offset is in the nodes that it touches', { timeout }, () => {
  for (const text of texts.slice(0, 20)) {
    const tree = parse(text);
    for (let offset = 0; offset <= text.length; offset += 7) {
      const missed = nodesAt(tree, offset)
        .filter(({ kind }) => kind !== 'heredoc')
        .filter(({ node: { span } }) => !encloses(span, { start: offset, end: offset }));
      expect(missed).toEqual([]);
    }
  }
});

test('time grows with the text', { timeout }, () => {
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
    // A hundred times the usual, for the slowest machine; what is not linear needs far more.
    expect(effort(() => parse(text))).toBeLessThan(patience);
  }
});
