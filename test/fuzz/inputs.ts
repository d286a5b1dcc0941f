/**
 * Random inputs for parsers of foreign text. `DRYDOCK_FUZZ` is the number of inputs per target, `DRYDOCK_FUZZ_SEED` the
 * first seed: input number n of a target always has the seed `first + n`, so a failing one can be repeated alone.
 */
import { createRandom } from '../random.ts';

export const count = Number(process.env['DRYDOCK_FUZZ'] ?? 20_000);
const firstSeed = Number(process.env['DRYDOCK_FUZZ_SEED'] ?? 1);

export type Next = () => number;

export function pick<T>(next: Next, list: readonly [T, ...T[]]): T {
  return list[Math.floor(next() * list.length)] ?? list[0];
}

/** Between 0 and `most` parts, joined. */
export function joined(next: Next, parts: readonly [string, ...string[]], most: number): string {
  return Array.from({ length: Math.floor(next() * (most + 1)) }, () => pick(next, parts)).join('');
}

/** Calls `check` with each input, or with a share of them. It throws or returns what is wrong, or returns undefined. */
export async function forEachInput<T>(
  make: (next: Next) => T,
  check: (input: T) => Promise<string | undefined> | string | undefined,
  share = 1,
): Promise<void> {
  for (let seed = firstSeed; seed < firstSeed + count * share; seed++) {
    const input = make(createRandom(seed));
    let wrong: string | undefined;
    try {
      wrong = await check(input);
    } catch (error) {
      wrong = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    if (wrong !== undefined) throw new Error(`seed ${seed}, ${JSON.stringify(input)}: ${wrong}`);
  }
}
