import { expect, test } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import { fileEntry, packTar } from '../../engine/tar.ts';
import type { FileSubject } from '../../explorer/item.ts';
import type { FileTools } from '../../ui/files.ts';
import find from './find.ts';

const tree = [
  fileEntry('./a.ini', 'port = 80\nhost = web\n'),
  fileEntry('./b/c.ini', '# none\n\nPORT = 81\n'),
];

/** Searches a directory with these answers; returns what was shown. */
async function search(answers: readonly (string | undefined)[], times = 1) {
  const files: Partial<FileTools> = {
    archive: () => packTar(tree),
    uriPath: ({ path }) => Promise.resolve(path),
  };
  const t = trial({ containers: [{ name: 'web' }] }, answers, {
    tools: { files: () => Promise.resolve(files as FileTools) },
  });
  const { id } = t.world.container('web');
  const directory: FileSubject = {
    place: { kind: 'container', id, name: 'web' },
    path: '/etc/app',
    name: 'app',
    entry: { name: 'app', kind: 'directory' },
  };
  for (let time = 0; time < times; time++) await find.run([directory], t.tools, { paths: [] });
  return t.seen;
}

test('lists the lines with the text, and opens the chosen one', async () => {
  expect(await search(['port', 'PORT = 81'])).toEqual([
    'ask: Find in web:/etc/app ‹›',
    "progress: Searching web:/etc/app for 'port'",
    "pick: 'port' in web:/etc/app · 2 lines · 2 files [port = 80, PORT = 81]",
    'open: /etc/app/b/c.ini:2',
  ]);
});

test('proposes the text of the last search', async () => {
  const seen = await search(['host', undefined, undefined], 2);
  expect(seen.at(-1)).toBe('ask: Find in web:/etc/app ‹host›');
});

test('says how many files were searched when none has the text', async () => {
  const seen = await search(['nowhere']);
  expect(seen.at(-1)).toContain("No file in web:/etc/app contains 'nowhere'. Files searched: 2");
});

test('refuses an empty text', async () => {
  expect((await search(['']))[0]).toBe('ask: Find in web:/etc/app ‹› → Enter a text');
});
