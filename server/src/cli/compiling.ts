/**
 * How early V8 optimizes functions. A run over a few hundred files ends before most of the optimized code pays off: half of
 * its time was spent compiling. Functions that run most are still optimized.
 */
import type * as V8 from 'node:v8';
import { builtinModule } from '../start/builtin-module.ts';

interface Flag {
  readonly name: string;
  readonly standard: number;
  readonly lazy: number;
}

/** The threshold for optimizing a function, by the major version of V8. V8 prints a warning for a flag it does not have. */
const flags: Readonly<Record<string, Flag>> = {
  // Node.js 20: bytes of bytecode executed.
  '11': { name: '--interrupt-budget', standard: 67584, lazy: 1000000 },
  // Node.js 22 and 24: calls.
  '12': { name: '--invocation-count-for-turbofan', standard: 3000, lazy: 45000 },
  '13': { name: '--invocation-count-for-turbofan', standard: 3000, lazy: 45000 },
};

/**
 * Makes V8 optimize only the functions that run most, in all threads. Call the returned function before the code cache is
 * written: V8 rejects a cache that was written under other flags.
 */
export function compileLess(): () => void {
  const flag = flags[process.versions.v8.split('.', 1)[0] ?? ''];
  if (flag === undefined) return () => undefined;
  const { setFlagsFromString }: typeof V8 = builtinModule('node:v8');
  setFlagsFromString(`${flag.name}=${String(flag.lazy)}`);
  return () => {
    setFlagsFromString(`${flag.name}=${String(flag.standard)}`);
  };
}
