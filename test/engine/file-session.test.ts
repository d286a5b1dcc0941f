/** Files as the editor and the views use them: images, volumes, conflicts, and containers that go away. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readStream } from '../../client/src/copy/file-stream.ts';
import { helperLabel, type FilePlace } from '../../client/src/engine/files/place.ts';
import { fileEntry, unpackTar } from '../../client/src/engine/tar.ts';

import { FileSession } from '../../client/src/files/session.ts';
import { exportVolume, importVolume } from '../../client/src/files/volume-archive.ts';
import { engineErrorOf } from './contract.ts';
import { bytesOf, directory, importImage, link, shellFiles } from './file-images.ts';
import { startEngines } from './two-engines.ts';

const engines = await startEngines();
const signal = new AbortController().signal;

afterAll(async () => {
  await Promise.all(engines.map((one) => one.stop()));
});

test('an engine is available', () => {
  expect(engines.length).toBeGreaterThan(0);
});

describe.each(engines)('$version', ({ engine, docker }) => {
  const questions: string[] = [];
  let answer = false;
  let trusted = true;
  let helperImage: string | undefined;
  const session = new FileSession({
    engine: () => Promise.resolve(engine),
    engineName: () => Promise.resolve('default'),
    trusted: () => trusted,
    helperImage: () => helperImage,
    confirmOverwrite: (name) => {
      questions.push(name);
      return Promise.resolve(answer);
    },
  });
  const run = async (...args: string[]): Promise<string> => (await docker(...args)).stdout.trim();
  const read = async (place: FilePlace, file: string): Promise<string> =>
    Buffer.from(await session.read({ place, path: file })).toString();
  const helpers = async (): Promise<number> =>
    (await engine.containers()).filter(({ labels }) => helperLabel in labels).length;

  test('reads an image without changing anything', async () => {
    await importImage(docker, 'shell', await shellFiles());
    const owned = { ...fileEntry('dir/owned', 'text', 0o640), user: 1000, group: 1000 };
    // Without a command and without programs.
    await importImage(docker, 'plain', [directory('dir'), owned, link('dir/link', 'owned')], []);
    const id = (await engine.inspect('image', 'plain')).id;
    const place: FilePlace = { kind: 'image', id, name: 'plain' };
    const { entries } = await session.list({ place, path: '/dir' });
    expect(entries.map(({ name }) => name).sort()).toEqual(['link', 'owned']);
    expect(await read(place, '/dir/link')).toBe('text');
    const refused = await engineErrorOf(session.write({ place, path: '/dir/owned' }, bytesOf('x')));
    expect(refused.message).toBe('Files in images cannot be changed');
    expect(await helpers()).toBe(1);
    await session.dispose();
    expect(await helpers()).toBe(0);
    expect(await engineErrorOf(session.list({ place, path: '/none' }))).toMatchObject({
      kind: 'missing',
    });
    await session.dispose();
    expect(await helpers()).toBe(0);
  });

  test('asks before it overwrites a change that the editor cannot see', async () => {
    const id = await run('run', '-d', '--name', 'web', 'shell', 'sleep', '1000');
    const place: FilePlace = { kind: 'container', id, name: 'web' };
    const ref = { place, path: '/tmp/file' };
    await session.write(ref, bytesOf('first'));
    expect(await read(place, ref.path)).toBe('first');
    // Of the same size; the time is set back.
    await run('exec', id, 'sh', '-c', 'echo -n other > /tmp/file; touch -d "2020-01-01 00:00:00" /tmp/file'); // prettier-ignore
    expect((await engineErrorOf(session.write(ref, bytesOf('mine!')))).message).toMatch(
      /has changed/,
    );
    expect(questions.splice(0)).toEqual(['/tmp/file']);
    answer = true;
    await session.write(ref, bytesOf('mine!'));
    expect(questions.splice(0)).toEqual(['/tmp/file']);
    expect(await run('exec', id, 'cat', '/tmp/file')).toBe('mine!');
    // Its own saves are not changes of others, and neither is a new time.
    await session.write(ref, bytesOf('again'));
    await run('exec', id, 'touch', '/tmp/file');
    await session.write(ref, bytesOf('last'));
    expect(questions).toEqual([]);
    trusted = false;
    expect((await engineErrorOf(session.write(ref, bytesOf('x')))).message).toMatch(
      /trusted workspace/,
    );
    expect((await session.list({ place, path: '/tmp' })).source).toBe('archive');
    trusted = true;
  });

  test('follows a container that is renamed and recreated, and says when it is gone', async () => {
    const [old] = (await engine.containers()).filter(({ name }) => name === 'web');
    const place: FilePlace = { kind: 'container', id: old!.id, name: 'web' };
    const address = await session.uriPath({ place, path: '/tmp/file' });
    const ref = await session.refOf(address);
    await engine.rename(old!.id, 'renamed');
    expect(Buffer.from(await session.read(ref)).toString()).toBe('last');
    await engine.remove(old!.id, { force: true });
    const gone = await engineErrorOf(session.read(ref));
    expect(gone).toMatchObject({ kind: 'missing', message: 'The container web no longer exists' });
    await run('run', '-d', '--name', 'web', 'shell', 'sleep', '1000');
    expect(await engineErrorOf(session.read(ref))).toMatchObject({ kind: 'missing' });
    // It is another file now: what was read is not there any more.
    await session.write(ref, bytesOf('new'));
    expect(await run('exec', 'web', 'cat', '/tmp/file')).toBe('new');
    expect((await session.changes(ref.place)).map((change) => change.path)).toContain('/tmp/file');
    await run('rm', '-f', 'web');
  });

  test('reads, exports and imports a volume that no container uses', async () => {
    await run('volume', 'create', 'data');
    const fill = `cd /v; echo one > a; ln a b; ln -s a link; mkdir d; echo x > d/deep; chown 7:8 d/deep; chmod 4750 d/deep
touch -d "2021-02-03 04:05:06" d/deep d; printf x > "$(printf 'n\\377\\nl')"; chmod 711 .`;
    await run('run', '--rm', '-v', 'data:/v', 'shell', 'sh', '-c', fill);
    const place: FilePlace = { kind: 'volume', name: 'data' };
    expect(await engineErrorOf(session.list({ place, path: '/' }))).toMatchObject({
      kind: 'conflict',
    });
    helperImage = 'shell';
    const { entries } = await session.list({ place, path: '/' });
    expect(entries.length).toBe(5);
    expect(await read(place, '/link')).toBe('one\n');
    await session.write({ place, path: '/d/deep' }, bytesOf('saved'));
    const found = (await session.list({ place, path: '/d' })).entries[0];
    expect(found).toMatchObject({ name: 'deep', user: 7, group: 8, mode: 0o4750, size: 5 });
    const folder = await mkdtemp(path.join(tmpdir(), 'drydock-volume-'));
    try {
      for (const name of ['data.tar', 'data.tar.gz']) {
        const file = path.join(folder, name);
        await exportVolume(session, 'data', file, { signal, report: () => undefined });
        await run('volume', 'create', 'other');
        await importVolume(session, 'other', () => readStream(file, () => undefined), signal);
        const other: FilePlace = { kind: 'volume', name: 'other' };
        expect(await contentOf(other)).toEqual(await contentOf(place));
        await session.dispose();
        await run('volume', 'rm', 'other');
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    expect(await helpers()).toBe(0);
    // Through a container that uses it, also if that is stopped.
    const id = await run('create', '-v', 'data:/v', 'shell', 'true');
    expect(await read(place, '/a')).toBe('one\n');
    expect(await helpers()).toBe(0);
    await run('rm', id);
    expect(await read(place, '/a')).toBe('one\n');
    await session.dispose();
    await run('volume', 'rm', 'data');
  });

  /** Everything that an archive keeps. */
  async function contentOf(place: FilePlace): Promise<readonly unknown[]> {
    const all: unknown[] = [];
    for await (const entry of unpackTar(session.archive({ place, path: '/' }, signal))) {
      const { content, ...header } = entry;
      const parts: Uint8Array[] = [];
      for await (const part of content?.() ?? []) parts.push(part);
      all.push([header, Buffer.concat(parts).toString('latin1')]);
    }
    return all;
  }
});
