/** Reads a whole log as the page of a log does, filters it and saves it: the extension's part of the page, in a process of its own. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import type { Container, Engine } from '../../client/src/engine/engine.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import { LogReader } from '../../client/src/logs/log-reader.ts';
import { LogStore } from '../../client/src/logs/log-store.ts';
import { LogView } from '../../client/src/logs/log-view.ts';
import { allLines } from '../../client/src/logs/save.ts';
import { everything } from '../../client/src/logs/search.ts';
import { Searcher } from '../../client/src/logs/searcher.ts';

interface Order {
  readonly socket: string;
  readonly container: string;
  readonly lines: number;
  /** The bundle of search-worker.ts. */
  readonly program: string;
}

process.on('message', (order: Order) => {
  measure(order).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.send?.({});

/** The longest time in which the event loop did nothing else, in milliseconds, until the returned function is called. */
function watchStalls(): () => number {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 5);
    last = now;
  }, 5);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

async function measure({ socket, container, lines, program }: Order): Promise<object> {
  const engine = await connect(await findAddress(`unix://${socket}`));
  const found = (await engine.containers()).find(({ name }) => name === container);
  if (found === undefined) throw new Error(`no container ${container}`);
  global.gc?.();
  const base = process.memoryUsage().rss;
  let peak = base;
  const memory = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  const stalls = watchStalls();
  const store = new LogStore();
  const searcher = new Searcher(join(program));
  let changed: () => void = () => undefined;
  const view = new LogView({ store, searcher, onChange: () => changed(), onError: (error) => { throw error; } }); // prettier-ignore
  const seconds = await readAllLines(engine, found, { lines, store, view });
  const time = async (change: () => void): Promise<number> => {
    const start = performance.now();
    await new Promise<void>((resolve) => {
      changed = () => {
        if (!view.isBusy) resolve();
      };
      change();
      if (!view.isBusy) resolve();
    });
    return performance.now() - start;
  };
  const query = { text: 'payment 00000', matchesCase: false, isExpression: false };
  const text = await time(() => view.search(query, true));
  const textCount = view.matches?.count;
  searcher.prepare();
  await searcher.ranges(['x'], { ...query, isExpression: true });
  const expression = await time(() => view.search({ ...query, text: 'payment \\d*999\\b', isExpression: true }, true)); // prettier-ignore
  const expressionCount = view.matches?.count;
  view.search(undefined, false);
  const levels = await time(() => view.select({ ...everything, levels: [false, false, false, false, false, true, true] })); // prettier-ignore
  const levelCount = view.end - view.first;
  clearInterval(memory);
  const longestStallMs = stalls();
  const saved = await saveAll(engine, { container: found.id, store });
  searcher.close();
  return {
    lines: store.end - store.first,
    seconds,
    mib: (peak - base) / 1024 / 1024,
    longestStallMs,
    filters: { text, expression, levels, counts: [textCount, expressionCount, levelCount] },
    saved,
  };
}

/** Reads the whole log into the store; resolves to the seconds that it took. */
function readAllLines(
  engine: Engine,
  container: Container,
  {
    lines,
    store,
    view,
  }: { readonly lines: number; readonly store: LogStore; readonly view: LogView },
): Promise<number> {
  const before = performance.now();
  return new Promise<number>((resolve) => {
    const reader = new LogReader({
      engine: () => Promise.resolve(engine),
      containers: [container],
      onLines: (source, batch, from, to) => {
        store.append(batch, source, from, to);
        view.advance();
        if (store.end === lines) resolve((performance.now() - before) / 1000);
      },
      onMarker: () => undefined,
      onChange: () => undefined,
    });
    reader.start({ tail: Infinity });
  });
}

/** The number of lines that are saved, and their digest. */
async function saveAll(
  engine: Engine,
  { container, store }: { readonly container: string; readonly store: LogStore },
): Promise<object> {
  const all = (await engine.containers()).filter(({ id }) => id === container);
  const lanes = all.map((one, number) => ({ number, container: one, former: [] }));
  const hash = createHash('sha256');
  let count = 0;
  const start = performance.now();
  const chunks = allLines(engine, { lanes: lanes as never, store }, { isTimed: false, signal: new AbortController().signal }); // prettier-ignore
  for await (const chunk of chunks) {
    hash.update(chunk);
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count += 1;
  }
  return { count, sha256: hash.digest('hex'), seconds: (performance.now() - start) / 1000 };
}
