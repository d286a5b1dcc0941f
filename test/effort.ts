/**
 * Milliseconds of processor time that work takes, in whole milliseconds at best. What other programs do at the same time
 * does not count, so that a limit on it holds on a machine that has other things to do, too.
 */
export function effort(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  return since(before);
}

/** The same of work that ends later. */
export async function effortOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  return since(before);
}

function since(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
