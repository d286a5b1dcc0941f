/** `npm run bench -- growth`: how the time of each request grows when the text is twice as long. */
import { features } from '../../test/growth/features.ts';
import { kinds } from '../../test/growth/kinds.ts';
import { timeOf } from '../../test/growth/measure.ts';

const rounds = 3;

/** One line per kind of text: for each request, milliseconds for `parts` and for twice as many, and their ratio. */
export async function growth(parts: number, print: (line: string) => void): Promise<void> {
  const names = Object.keys(features);
  print(['kind'.padEnd(42), 'kB'.padStart(6), ...names.map((name) => name.padStart(18))].join(''));
  for (const [kind, make] of Object.entries(kinds)) {
    const [text, longer] = [make(parts), make(2 * parts)];
    const cells: string[] = [];
    for (const request of Object.values(features)) {
      const once = await timeOf(text, request, rounds);
      const twice = await timeOf(longer, request, rounds);
      const ratio = once < 1 ? '–' : (twice / once).toFixed(1);
      cells.push(`${once.toFixed(1)} ${twice.toFixed(1)} ${ratio}`.padStart(18));
    }
    print([kind.padEnd(42), (longer.length / 1000).toFixed(0).padStart(6), ...cells].join(''));
  }
}
