/** Views that are read at the same moment ask the engine once for what several of them show. */
import type { Engine } from '../engine/engine.ts';

const shared = new WeakMap<Engine, Engine>();

/** The same engine; lists that are asked for in one turn of the event loop are one request. */
export function sharing(engine: Engine): Engine {
  const known = shared.get(engine);
  if (known !== undefined) return known;
  const one: Engine = {
    ...engine,
    containers: once(() => engine.containers()),
    images: once(() => engine.images()),
  };
  shared.set(engine, one);
  return one;
}

/** Later askers ask anew: what they were told of may have happened since. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let present: Promise<T> | undefined;
  return () => {
    if (present === undefined) {
      present = read();
      setImmediate(() => (present = undefined));
    }
    return present;
  };
}
