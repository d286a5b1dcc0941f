/** Sizes of layers that the image does not contain, from the records of the build cache. */
import type { CacheRecord } from '../../engine/objects.ts';
import type { BuildRun } from './build-run.ts';
import type { PlannedStep } from './plan.ts';

/** How much the clocks of this machine and the engine may differ, in milliseconds. */
const tolerance = 2000;

/**
 * Bytes by instruction. BuildKit describes a record with the name of its step, or for RUN with the command. Other builds may
 * have records with the same description: only one that is certain counts, because no other exists or was used since the
 * build began.
 */
export function cacheSizes(
  { steps, startedAt, dockerfile }: Pick<BuildRun, 'steps' | 'startedAt' | 'dockerfile'>,
  records: readonly CacheRecord[],
): ReadonlyMap<PlannedStep, number> {
  const sizes = new Map<PlannedStep, number>();
  const regular = records.filter(({ type }) => type === 'regular');
  const began = startedAt.getTime() - tolerance;
  for (const { name, state } of steps.steps) {
    const planned = dockerfile.plan.stepOf(name);
    if (planned === undefined || planned.keyword === 'FROM') continue;
    if (state !== 'done' && state !== 'cached') continue;
    const same = regular.filter(({ description }) => isRecordOf(description, name, planned));
    const used = same.filter(({ lastUsedAt }) => (lastUsedAt?.getTime() ?? 0) >= began);
    const [certain] = used.length === 1 ? used : same.length === 1 ? same : [];
    if (certain !== undefined) sizes.set(planned, certain.size);
  }
  return sizes;
}

function isRecordOf(description: string, name: string, { keyword, text }: PlannedStep): boolean {
  if (keyword !== 'RUN') return description === name;
  const command = /^mount \/ from exec (.*)$/s.exec(description)?.[1];
  if (command === undefined) return false;
  // The shell comes before the script.
  const script = oneLine(text.replace(/^(?:--\S+\s+)+/, ''));
  return script !== '' && ` ${oneLine(command)}`.endsWith(` ${script}`);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
