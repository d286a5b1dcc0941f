/**
 * How eagerly V8 optimizes. A program that checks some hundred files ends before most of what was optimized pays: half
 * of its time went into compiling. What is called really often is optimized all the same.
 */
import type * as V8 from 'node:v8';

interface Flag {
  readonly name: string;
  readonly usual: number;
  readonly lazy: number;
}

/** What a function has to do before it is optimized, by the version of V8; a flag it does not know it complains of. */
const flags: Readonly<Record<string, Flag>> = {
  // Node.js 20: bytes of code run through.
  '11': { name: '--interrupt-budget', usual: 67584, lazy: 1000000 },
  // Node.js 22 and 24: calls.
  '12': { name: '--invocation-count-for-turbofan', usual: 3000, lazy: 45000 },
  '13': { name: '--invocation-count-for-turbofan', usual: 3000, lazy: 45000 },
};

/**
 * Lets V8 optimize only what runs most, in all threads, until what it gives is called: code that V8 compiled is kept for
 * other starts only under the flags of these.
 */
export function compileLess(): () => void {
  const flag = flags[process.versions.v8.split('.', 1)[0] ?? ''];
  if (flag === undefined) return () => undefined;
  const { setFlagsFromString }: typeof V8 = process.getBuiltinModule('node:v8');
  setFlagsFromString(`${flag.name}=${String(flag.lazy)}`);
  return () => {
    setFlagsFromString(`${flag.name}=${String(flag.usual)}`);
  };
}
