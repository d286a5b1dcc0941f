/** What processes cost while nothing happens, read from /proc. */
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** The unit of CPU times in /proc on Linux. */
const ticksASecond = 100;

export interface IdleCost {
  /** Of CPU. */
  readonly seconds: number;
  /** Wakeups of its main thread, which show repeated work even on a busy machine. */
  readonly wakes: number;
}

/** The cost of two processes in the same time. */
export async function idleCost(
  [one, other]: readonly [string, string],
  seconds: number,
): Promise<readonly [IdleCost, IdleCost]> {
  const spent = () => Promise.all([costOf(one), costOf(other)]);
  const before = await spent();
  await wait(seconds * 1000);
  const after = await spent();
  return [difference(before[0], after[0]), difference(before[1], after[1])];
}

function difference(before: IdleCost, after: IdleCost): IdleCost {
  return { seconds: after.seconds - before.seconds, wakes: after.wakes - before.wakes };
}

async function costOf(id: string): Promise<IdleCost> {
  const status = await readFile(`/proc/${id}/status`, 'utf8');
  const wakes = Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN);
  const fields = await stat(id);
  return { seconds: (Number(fields[13]) + Number(fields[14])) / ticksASecond, wakes };
}

/** The fields of /proc/PID/stat, counted from 0; the program name may contain spaces. */
async function stat(id: string): Promise<readonly string[]> {
  const text = await readFile(`/proc/${id}/stat`, 'utf8');
  return [id, '', ...text.slice(text.lastIndexOf(')') + 2).split(' ')];
}
