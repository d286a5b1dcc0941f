/** Copies what it is sent, and reports seconds and memory: our client as it runs in the extension host. */
import { copyIn, copyOut, type CopyOptions } from '../../client/src/copy/copy.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import type { Engine } from '../../client/src/engine/engine.ts';

interface Order {
  readonly container: string;
  readonly source: string;
  readonly target: string;
  readonly isIn: boolean;
}

let engine: Engine | undefined;

process.on('message', (order: Order) => {
  answer(order).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});

void findAddress('')
  .then(connect)
  .then((connected) => {
    engine = connected;
    process.send?.({ mib: memory() });
  });

/** The most memory so far, in MiB. */
function memory(): number {
  return process.resourceUsage().maxRSS / 1024;
}

async function answer({ container, source, target, isIn }: Order): Promise<object> {
  if (engine === undefined) throw new Error('not connected');
  let overwritten = 0;
  let longestStop = 0;
  let last = performance.now();
  const clock = setInterval(() => {
    longestStop = Math.max(longestStop, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  const options: CopyOptions = {
    signal: new AbortController().signal,
    report: () => undefined,
    confirmOverwrite: (paths) => {
      overwritten = paths.length;
      return Promise.resolve(true);
    },
  };
  const before = performance.now();
  const { entries } = isIn
    ? await copyIn(engine, { container, sources: [source], target }, options)
    : await copyOut(engine, { container, path: source, target }, options);
  const seconds = (performance.now() - before) / 1000;
  clearInterval(clock);
  return { seconds, entries, overwritten, longestStop, mib: memory() };
}
