/** Lock files, which fix the versions of all dependencies, that are available in a step. */
import type { Model } from './model.ts';
import type { Run } from '../syntax/tree.ts';
import { mountFields } from '../syntax/check/mount.ts';
import { rootStage } from './lineage.ts';
import { fileName } from '../text/path.ts';

/**
 * Whether one of the files is copied or mounted before the step, by its name or by a pattern such as `package*.json`.
 */
export function hasLockFile(model: Model, run: Run, names: readonly string[]): boolean {
  const stage = model.stageOf(run);
  const root = stage && rootStage(stage);
  for (const copy of model.each('COPY', 'ADD')) {
    const copyStage = model.stageOf(copy);
    if (copy.span.start > run.span.start || !copyStage || rootStage(copyStage) !== root) continue;
    if (copy.sources.some(({ text }) => names.some((name) => matchesName(fileName(text), name))))
      return true;
  }
  return run.flags.some(({ name, value }) => {
    if (name.text !== 'mount' || value === undefined) return false;
    const source = mountFields(value).find(({ key }) => key === 'source')?.value;
    return source !== undefined && names.includes(fileName(source));
  });
}

function matchesName(pattern: string, name: string): boolean {
  if (pattern === name) return true;
  const [before, after, more] = pattern.split('*');
  // A `*` alone does not show which files exist.
  if (before === undefined || after === undefined || more !== undefined || pattern.length < 4)
    return false;
  return name.startsWith(before) && name.endsWith(after) && name.length >= pattern.length - 1;
}
