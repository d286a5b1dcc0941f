import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LogBatchBuilder } from '../engine/docker-api/log-batch-builder.ts';
import { LogStore } from './log-store.ts';
import { LogView } from './log-view.ts';
import { everything, Matcher, type Query } from './search.ts';
import { Searcher, SlowSearchError } from './searcher.ts';

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-search-'));
  program = join(folder, 'log-search.cjs');
  const from = join(import.meta.dirname, 'search-worker.ts');
  await build({
    entryPoints: [from],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
});
afterAll(() => rm(folder, { recursive: true }));

function storeOf(lines: readonly string[], source = 0, store = new LogStore()): LogStore {
  const builder = new LogBatchBuilder();
  for (const line of lines) {
    const bytes = Buffer.from(line);
    builder.add(bytes, 0, bytes.length, { seconds: 1, nanoseconds: 0 }, false);
  }
  store.append(builder.take(), source);
  return store;
}

const query = (text: string, change: Partial<Query> = {}): Query => ({ text, matchesCase: false, isExpression: false, ...change }); // prettier-ignore

function found(lines: readonly string[], one: Query): readonly number[] {
  const [chunk] = storeOf(lines).chunks;
  return [...new Matcher(one).findLines(chunk!, [0, chunk!.count], everything)];
}

describe('a text', () => {
  const lines = ['Payment 1', 'pay', 'a payment, a payment', '', 'PAYMENT', 'é payment', '\u001b[1mpay\u001b[0mment']; // prettier-ignore

  test('is found in lines, once in each, with any case or the same', () => {
    expect(found(lines, query('payment'))).toEqual([0, 2, 4, 5, 6]);
    expect(found(lines, query('payment', { matchesCase: true }))).toEqual([2, 5, 6]);
    expect(found(lines.slice(0, 5), query('payment'))).toEqual([0, 2, 4]);
    expect(found(lines.slice(0, 5), query('payment', { matchesCase: true }))).toEqual([2]);
    expect(found(['(a', 'a.b', 'É'], query('é'))).toEqual([2]);
    expect(found(['(a', 'a.b', 'axb'], query('a.b'))).toEqual([1]);
    expect(found(['x', 'y\r', 'last'], query('last'))).toEqual([2]);
  });

  test('as an expression is found within each line', () => {
    expect(found(lines, query('^pay', { isExpression: true }))).toEqual([0, 1, 4, 6]);
    expect(found(['a', 'b'], query('a\\s*b', { isExpression: true }))).toEqual([]);
    expect(found(['ab\r', 'b'], query('b$', { isExpression: true }))).toEqual([0, 1]);
    expect(found(['é1', 'x'], query('\\w\\d', { isExpression: true }))).toEqual([]);
  });

  test('is marked where it is', () => {
    expect(new Matcher(query('a')).ranges('banana')).toEqual([[1, 2], [3, 4], [5, 6]]); // prettier-ignore
    expect(new Matcher(query('x*', { isExpression: true })).ranges('axxb')).toEqual([[1, 3]]);
  });
});

interface Trial {
  readonly view: LogView;
  readonly store: LogStore;
  readonly errors: unknown[];
  /** Resolves when all lines were looked at. */
  settled(): Promise<void>;
}

function trial(store: LogStore, searcher = new Searcher(program)): Trial {
  const errors: unknown[] = [];
  const view = new LogView({ store, searcher, onChange: () => undefined, onError: (error) => errors.push(error) }); // prettier-ignore
  const settled = () => expect.poll(() => view.isBusy).toBe(false);
  return { view, store, errors, settled };
}

const shown = ({ view }: Trial): readonly (number | undefined)[] =>
  Array.from({ length: view.end - view.first }, (_, index) => view.lineAt(view.first + index));

describe('a view', () => {
  test('shows the lines of the levels and containers that are selected', async () => {
    const store = storeOf(['ERROR a', '  at b', 'INFO c', 'WARN d']);
    storeOf(['ERROR e'], 1, store);
    const t = trial(store);
    t.view.select({ ...everything, levels: [false, false, false, false, false, true, true] });
    await t.settled();
    expect(shown(t)).toEqual([0, 1, 4]);
    t.view.select({ ...everything, hidden: new Set([0]) });
    await t.settled();
    expect(shown(t)).toEqual([4]);
    expect([t.view.placeOf(4), t.view.shows(0)]).toEqual([0, false]);
  });

  test('counts matches, hides other lines, and follows new ones', async () => {
    const store = storeOf(Array.from({ length: 30_000 }, (_, index) => `line ${index}`));
    const t = trial(store);
    t.view.search(query('99'), false);
    await t.settled();
    const expected = Array.from({ length: 30_000 }, (_, index) => index).filter((index) => String(index).includes('99')); // prettier-ignore
    expect(t.view.matches?.count).toBe(expected.length);
    expect(t.view.end).toBe(30_000);
    t.view.search(query('99'), true);
    await t.settled();
    expect(shown(t)).toEqual(expected);
    storeOf(['199', 'x'], 0, store);
    t.view.advance();
    await t.settled();
    expect(shown(t)).toEqual([...expected, 30_000]);
    t.view.search(query('^line \\d*99$', { isExpression: true }), true);
    await t.settled();
    expect(shown(t)).toEqual(expected.filter((index) => index % 100 === 99));
    expect(t.errors).toEqual([]);
  });

  test('drops places with the lines that are dropped', async () => {
    const store = new LogStore(2_500_000);
    const many = (from: number) => storeOf(Array.from({ length: 8000 }, (_, index) => `${'x'.repeat(100)} ${from + index}`), 0, store); // prettier-ignore
    many(0);
    const t = trial(store);
    t.view.search(query('0'), true);
    await t.settled();
    const end = t.view.end;
    for (let from = 8000; from < 40_000; from += 8000) many(from);
    t.view.advance();
    await t.settled();
    expect(t.view.first).toBe(end);
    expect(t.view.lineAt(t.view.first)).toBeGreaterThanOrEqual(store.first);
  });

  test('refuses an invalid expression, and stops one that takes too long', async () => {
    const t = trial(storeOf(['a'.repeat(60), 'b']), new Searcher(program, 300));
    expect(() => t.view.search(query('(', { isExpression: true }), true)).toThrow(SyntaxError);
    expect(shown(t)).toEqual([0, 1]);
    t.view.search(query('^(a+)+$x|^(a|aa)+b$', { isExpression: true }), true);
    await expect.poll(() => t.errors.length).toBe(1);
    expect(t.errors[0]).toBeInstanceOf(SlowSearchError);
    // The view shows all lines, and searches again.
    expect(shown(t)).toEqual([0, 1]);
    t.view.search(query('b$', { isExpression: true }), true);
    await t.settled();
    expect(shown(t)).toEqual([1]);
  });
});
