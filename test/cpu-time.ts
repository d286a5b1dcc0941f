/**
 * CPU time in milliseconds that `work` takes, with a resolution of one millisecond at best. Time of other processes is
 * not included, so a limit also holds on a busy machine.
 */
export function cpuTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  return timeSince(before);
}

/** The same for asynchronous work. */
export async function asyncCpuTime(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  return timeSince(before);
}

function timeSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
