/** Views that are read at the same moment share requests for lists that several of them need. */
import type { Engine } from '../engine/engine.ts';

const shared = new WeakMap<Engine, Engine>();

/** The engine with shared reads: reading a list several times in one turn of the event loop sends one request. */
export function shareReads(engine: Engine): Engine {
  const known = shared.get(engine);
  if (known !== undefined) return known;
  const one: Engine = {
    ...engine,
    containers: shareRead(() => engine.containers()),
    images: shareRead(() => engine.images()),
  };
  shared.set(engine, one);
  return one;
}

/** Later reads send a new request, because the list may have changed since. */
function shareRead<T>(read: () => Promise<T>): () => Promise<T> {
  let pending: Promise<T> | undefined;
  return () => {
    if (pending === undefined) {
      pending = read();
      setImmediate(() => (pending = undefined));
    }
    return pending;
  };
}
