import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { trial } from '../../../test/command-trial.ts';
import type { FileTools } from '../ui/files.ts';
import { copyDropped, copyRowsOut } from './drop.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-drop-'));
});
afterEach(() => rm(folder, { recursive: true }));

const announced: string[] = [];

/** The volume `data` is at `/data` in the container `web`. */
function world(answers: readonly string[] = [], readOnly?: string, pressed?: string) {
  const containers = [
    {
      name: 'web',
      files: { '/app/a': 'one', '/app/b': 'two', '/data/v': 'volume', '/data/v2/': '' },
    },
    { name: 'api', files: { '/srv/': '' } },
  ];
  const files: Partial<FileTools> = {
    readOnlyReason: () => readOnly,
    uriPath: ({ path }) => Promise.resolve(`/web-engine${path}`),
    announce: ({ path }) => announced.push(path),
    withContainer: ({ path }, work) => work({ container: t.world.container('web').id, path: join('/data', path) }), // prettier-ignore
  };
  const showInformation = (_: string, ...buttons: readonly string[]) => Promise.resolve(buttons.find((label) => label === pressed)); // prettier-ignore
  const t = trial({ containers }, answers, {
    ...(pressed !== undefined && { editor: { showInformation } }),
    tools: { files: () => Promise.resolve(files as FileTools) },
  });
  const place = (name: string) => ({ kind: 'container' as const, id: t.world.container(name).id, name }); // prettier-ignore
  return { ...t, place };
}

test('copies files of this machine to the directory of the row, without a question', async () => {
  const t = world();
  await writeFile(join(folder, 'x'), 'new');
  await writeFile(join(folder, 'y'), 'new');
  const local = [join(folder, 'x'), join(folder, 'y')];
  await copyDropped(t.tools, {
    local,
    remote: [],
    target: { place: t.place('api'), path: '/srv' },
  });
  expect(t.world.files('api').names('/srv')).toEqual(['x', 'y']);
  expect(t.seen.filter((line) => line.startsWith('path'))).toEqual([]);
  expect(announced).toContain('/srv');
});

test.each([
  ['Open', 'open: /web-engine/srv/x'],
  ['Reveal in Side Bar', 'reveal: api:/srv/x'],
])('shows the copied file with %s', async (button, effect) => {
  const t = world([], undefined, button);
  await writeFile(join(folder, 'x'), 'new');
  const target = { place: t.place('api'), path: '/srv' };
  await copyDropped(t.tools, { local: [join(folder, 'x')], remote: [], target });
  await expect.poll(() => t.seen).toContain(effect);
});

test('shows what was copied to a volume by its path in the volume', async () => {
  const t = world([], undefined, 'Reveal in Side Bar');
  await mkdir(join(folder, 'd'));
  const target = { place: { kind: 'volume', name: 'data' }, path: '/v2' } as const;
  await copyDropped(t.tools, { local: [join(folder, 'd')], remote: [], target });
  await expect.poll(() => t.seen).toContain('reveal: data:/v2/d');
});

test('asks for the directory if files are dropped on a container', async () => {
  const t = world(['/srv']);
  await writeFile(join(folder, 'x'), 'new');
  await copyDropped(t.tools, { local: [join(folder, 'x')], remote: [], target: { place: t.place('api') } }); // prettier-ignore
  expect(t.seen[0]).toMatch(/^path: Copy x to api/);
  expect(t.world.files('api').text('/srv/x')).toBe('new');
});

test('copies files of another container and of a volume', async () => {
  const t = world();
  const remote = [
    { place: t.place('web'), path: '/app/a' },
    { place: t.place('web'), path: '/app/b' },
    { place: { kind: 'volume' as const, name: 'data' }, path: '/v' },
  ];
  await copyDropped(t.tools, {
    local: [],
    remote,
    target: { place: t.place('api'), path: '/srv' },
  });
  expect(t.world.files('api').names('/srv')).toEqual(['a', 'b', 'v']);
});

test('does not change what cannot be changed', async () => {
  const t = world([], 'Files in images cannot be changed');
  const target = { place: t.place('api'), path: '/srv' };
  await expect(copyDropped(t.tools, { local: ['/x'], remote: [], target })).rejects.toMatchObject({
    name: 'EngineError',
    message: 'Files in images cannot be changed',
  });
});

test('copies several files of a row selection to a folder', async () => {
  const t = world();
  await copyRowsOut(t.tools, [{ place: t.place('web'), path: '/app/a' }, { place: t.place('web'), path: '/app/b' }], folder); // prettier-ignore
  expect(await readFile(join(folder, 'b'), 'utf8')).toBe('two');
  expect(t.seen.at(-1)).toMatch(/\[Reveal in Explorer\]$/);
});
