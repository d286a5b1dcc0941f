/**
 * Dockerfiles for tests of invariants: those of the project (the samples and `test/fixtures/dockerfiles`) and, if a corpus
 * of real files is next to the project, its files too. The tests must pass with and without the corpus.
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

/** Dockerfiles of the project. */
export const ownDockerfiles: readonly string[] = [
  ...filesIn(join(root, 'samples')),
  ...filesIn(join(root, 'test/fixtures/dockerfiles')),
];

/** Dockerfiles of the project and of the corpus. */
export const dockerfiles: readonly string[] = [
  ...ownDockerfiles,
  ...filesIn(join(root, '../shared/corpus')),
];

/** All Dockerfiles of the project, and evenly chosen files of the corpus, up to `most` files. */
export function someDockerfiles(most: number): readonly string[] {
  const others = dockerfiles.slice(ownDockerfiles.length);
  const left = Math.max(0, most - ownDockerfiles.length);
  const step = Math.max(1, Math.ceil(others.length / Math.max(1, left)));
  return [...ownDockerfiles, ...others.filter((_, index) => index % step === 0).slice(0, left)];
}
