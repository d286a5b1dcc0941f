/**
 * Dockerfiles to hold laws against: those that the project carries (the samples and `test/fixtures/dockerfiles`) and, if
 * the corpus of real files is next to the project, that one too. Every law holds with either.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

function filesIn(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /dockerfile|containerfile/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => readFileSync(file, 'utf8'));
}

/** What the project carries. */
export const ownDockerfiles: readonly string[] = [
  ...filesIn(join(root, 'samples')),
  ...filesIn(join(root, 'test/fixtures/dockerfiles')),
];

/** All that there are. */
export const dockerfiles: readonly string[] = [
  ...ownDockerfiles,
  ...filesIn(join(root, '../shared/corpus')),
];

/** Some of all, evenly chosen, with everything that the project carries. */
export function someDockerfiles(most: number): readonly string[] {
  const others = dockerfiles.slice(ownDockerfiles.length);
  const left = Math.max(0, most - ownDockerfiles.length);
  const step = Math.max(1, Math.ceil(others.length / Math.max(1, left)));
  return [...ownDockerfiles, ...others.filter((_, index) => index % step === 0).slice(0, left)];
}
