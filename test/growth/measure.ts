/** Measures how the time of a request grows with the length of the text. */
import { document } from '../../server/src/model/document.ts';
import { asyncCpuTime } from '../cpu-time.ts';

/** Processor milliseconds for one text, the best of some rounds. */
export async function timeOf(
  text: string,
  request: (subject: ReturnType<typeof document>) => unknown,
  rounds: number,
): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const took = await asyncCpuTime(() =>
      Promise.resolve(request(document('file:///Dockerfile', text))),
    );
    best = Math.min(best, took);
  }
  return best;
}
