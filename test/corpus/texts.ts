/** Real Dockerfiles: the samples, the fixtures, and the corpus next to the project if it exists. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import parserCases from '../../server/src/syntax/cases/parser.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../..');

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => /dockerfile|containerfile/i.test(path) && statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'));
}

export const texts: readonly string[] = [
  ...filesIn(join(root, '../shared/corpus')),
  ...filesIn(join(root, 'samples')),
  ...parserCases.map(({ text }) => text),
];
