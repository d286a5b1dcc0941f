import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import type { FileSubject } from '../../explorer/item.ts';
import { largestFile, type FileTools } from '../../ui/files.ts';
import open from './open.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-open-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A file that claims to have this size. */
function world(size: number, pressed?: string, saveAs?: string) {
  const files: Partial<FileTools> = {
    statTarget: () => Promise.resolve({ entry: { name: 'dump', kind: 'file', size }, isLink: false }), // prettier-ignore
    uriPath: ({ path }) => Promise.resolve(path),
  };
  const containers = [{ name: 'web', files: { '/dump': 'text' } }];
  const warnings: string[] = [];
  const t = trial({ containers }, saveAs === undefined ? [] : [saveAs], {
    editor: {
      showWarning: (message, ...buttons) => {
        warnings.push([message, ...buttons].join(' | '));
        return Promise.resolve(buttons.find((label) => label === pressed));
      },
    },
    tools: { files: () => Promise.resolve(files as FileTools) },
  });
  const { id } = t.world.container('web');
  const file: FileSubject = {
    place: { kind: 'container', id, name: 'web' },
    path: '/dump',
    name: 'dump',
    entry: { name: 'dump', kind: 'file', size },
  };
  return { ...t, warnings, open: () => open.run([file], t.tools, { paths: [] }) };
}

test('opens a file of the largest size', async () => {
  const t = world(largestFile);
  await t.open();
  expect(t.seen).toEqual(['open: /dump']);
});

test('offers to save a larger file instead', async () => {
  const t = world(largestFile + 1, 'Save As…', join(folder, 'saved'));
  await t.open();
  expect(t.warnings[0]).toBe('dump is too large to open in an editor (52 MB). | Save As…');
  expect(await readFile(join(folder, 'saved'), 'utf8')).toBe('text');
});

test('leaves a larger file alone if nothing is chosen', async () => {
  const t = world(largestFile + 1);
  await t.open();
  expect(t.warnings).toHaveLength(1);
  expect(t.seen).toEqual([]);
});
