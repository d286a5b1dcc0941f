import { test } from 'vitest';
import {
  ignoreFilter,
  type IgnoreFilter,
  type Verdict,
} from '../../server/src/ignore/ignore-filter.ts';
import { ignorePatterns } from '../../server/src/ignore/ignore-lines.ts';
import { ignorePaths, randomIgnoreFile } from '../ignore-files.ts';
import { forEachInput } from './inputs.ts';

/** The paths that are excluded, found by walking the directories as the client does. */
function walked(filter: IgnoreFilter): ReadonlySet<string> {
  const verdicts = new Map<string, Verdict>();
  const excluded = new Set<string>();
  const closed = new Set<string>();
  for (const path of ignorePaths) {
    const slash = path.lastIndexOf('/');
    const parent = slash < 0 ? undefined : path.slice(0, slash);
    if (parent !== undefined && closed.has(parent)) {
      closed.add(path);
      excluded.add(path);
      continue;
    }
    const above = parent === undefined ? undefined : verdicts.get(parent);
    const verdict = above?.invalid === undefined ? filter.verdictOn(path, above) : above;
    verdicts.set(path, verdict);
    if (verdict.invalid !== undefined || !verdict.isExcluded) continue;
    excluded.add(path);
    if (!filter.mayInclude(path)) closed.add(path);
  }
  return excluded;
}

test('the verdict on a path is the one that walking to it gives', async () => {
  await forEachInput(randomIgnoreFile, (text) => {
    const patterns = ignorePatterns(text);
    const filter = patterns && ignoreFilter(patterns);
    if (filter === undefined) return undefined;
    const excluded = walked(filter);
    return ignorePaths.find((path) => filter.excludes(path) !== excluded.has(path));
  });
});
