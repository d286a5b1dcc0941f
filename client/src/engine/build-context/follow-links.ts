/**
 * Paths that a build needs, with the links on the way to them: each becomes a pattern, and so does what it points to
 * (github.com/tonistiigi/fsutil, followlinks.go). Nothing outside the context is looked at, whatever a frontend asks for.
 */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path/posix';
import { globOf } from '../../../../server/src/ignore/glob.ts';
import { EngineError } from '../errors.ts';
import { fileOf, targetOf } from './disk.ts';

/** As many links as Linux follows before it refuses. */
const mostLinks = 40;
/** Parts of paths in all. */
const mostSteps = 100_000;

/** Undefined if the whole context is needed. */
export async function followLinks(
  directory: string,
  paths: readonly string[],
): Promise<readonly string[] | undefined> {
  const found = new Set<string>();
  const seen = new Set<string>();
  let steps = 0;
  const add = async (path: string, links: number): Promise<void> => {
    const clean = inContext(path);
    if (seen.has(clean) || links > mostLinks) return;
    seen.add(clean);
    const parts = clean.split('/');
    for (let end = 1; end <= parts.length; end++) {
      // A frontend can name any number of paths.
      if (++steps > mostSteps) throw new EngineError('failed', tooMany);
      const here = parts.slice(0, end).join('/');
      const targets = await targetsOf(directory, here);
      if (targets.length > 0 || end === parts.length) found.add(here);
      for (const target of targets) await add(join(target, ...parts.slice(end)), links + 1);
      if (targets.length > 0) return;
    }
  };
  for (const path of paths) await add(path, 0);
  return found.has('') ? undefined : [...found].sort();
}

const tooMany = 'too many paths';

/** A path below the context: `..` does not lead out of it. */
function inContext(path: string): string {
  return join('/', path.replaceAll('\0', '')).replace(/^\/+|\/+$/g, '');
}

/** What the links with this name point to, as paths in the context; the name can have wildcards. */
async function targetsOf(directory: string, path: string): Promise<readonly string[]> {
  if (path === '') return [];
  const name = basename(path);
  const names = hasWildcard(name) ? await matchingNames(directory, path) : [path];
  const targets: string[] = [];
  for (const one of names) {
    const target = await targetOf(fileOf(directory, one));
    if (target === undefined) continue;
    const text = target.toString().replace(/^[A-Za-z]:/, '');
    targets.push(text.startsWith('/') ? text : join('/', dirname(one), text));
  }
  return targets;
}

async function matchingNames(directory: string, path: string): Promise<readonly string[]> {
  const matches = globOf(basename(path)) ?? (() => false);
  const parent = dirname(path);
  const here = fileOf(directory, parent === '.' ? '' : parent).toString();
  const names = await readdir(here).catch(() => []);
  return names.filter((name) => matches(name)).map((name) => join(parent, name));
}

function hasWildcard(name: string): boolean {
  return /[*?[]/.test(name.replace(/\\./g, ''));
}
