/** Keeps what is needed to bring back containers that prune removes. */
import type { Engine } from '../engine/engine.ts';
import type { Tools } from '../ui/tools.ts';
import type { Prunable } from './prunable.ts';

/** So many requests run at a time. */
const batchSize = 8;

/** Reads the chosen containers; call the result with what was removed. */
export async function rememberContainers(
  tools: Tools,
  engine: Engine,
  chosen: readonly Prunable[],
): Promise<(removed: readonly Prunable[]) => Promise<void>> {
  const ids = containerIds(chosen);
  if (ids.length === 0) return () => Promise.resolve();
  const { mostRemembered, rememberRemoved, snapshots } = await import('../recreate/session.ts');
  const copies: Awaited<ReturnType<typeof snapshots>>[number][] = [];
  for (let at = 0; at < Math.min(ids.length, mostRemembered); at += batchSize) {
    const batch = ids.slice(at, Math.min(at + batchSize, mostRemembered));
    const details = await Promise.all(
      // One that cannot be read is not offered.
      batch.map((id) => engine.inspect('container', id).catch(() => undefined)),
    );
    // Prune keeps anonymous volumes unless they are chosen themselves.
    copies.push(...(await snapshots(tools, details.filter((one) => one !== undefined), true))); // prettier-ignore
  }
  return async (removed) => {
    const gone = new Set(containerIds(removed));
    await rememberRemoved(tools, copies.filter(({ id }) => gone.has(id))); // prettier-ignore
  };
}

function containerIds(objects: readonly Prunable[]): readonly string[] {
  return objects.flatMap(({ kind, parts }) => (kind === 'container' ? parts.map(({ id }) => id) : [])); // prettier-ignore
}
