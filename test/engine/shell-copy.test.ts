/** A shell in a copy of a container that does not start: the copy has its files and is removed afterwards. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import shellInCopy from '../../client/src/commands/containers/shell-in-copy.ts';
import type { Duplex } from '../../client/src/engine/engine.ts';
import { fileEntry, packTar } from '../../client/src/engine/tar.ts';
import { recordingEditor, toolsFor } from '../recording-editor.ts';
import { waitUntil, engineErrorOf, readText, type EngineFixture } from './contract.ts';
import { createFixture, connectRealEngine } from './real-engine.ts';

const real = await connectRealEngine();
let fixture: EngineFixture;
beforeAll(async () => {
  if (real) fixture = await createFixture(real);
});
afterAll(async () => {
  if (real) await fixture.close();
});

describe.skipIf(!real)('a copy of a container that does not start', () => {
  test('has its files, user and volumes, and is removed when the shell exits', async () => {
    const { engine, image } = fixture;
    const name = `drydock-test-${randomUUID()}`;
    const project = `p${randomUUID()}`;
    const { id } = await engine.create({
      name,
      body: {
        Image: image,
        Cmd: ['no-such-program'],
        User: '7:8',
        Env: ['LEFT=behind'],
        Labels: { 'com.docker.compose.project': project },
        HostConfig: { Binds: [`${name}:/data`], RestartPolicy: { Name: 'always' } },
      },
    });
    await engine.writeArchive(id, '/', packTar([fileEntry('left.txt', 'as it was\n')]));
    await engineErrorOf(engine.start(id));
    const original = (await engine.containers()).find((one) => one.id === id)!;
    const before = await objectIds();
    let stream: Duplex | undefined;
    const { editor, seen } = recordingEditor(['Attach Shell'], {
      openTerminal: async ({ start }) => {
        stream = await start(undefined);
      },
    });
    await shellInCopy.run([original], toolsFor(engine, editor), { paths: [] });
    const copies = (await engine.containers()).filter((one) => one.imageId !== original.imageId);
    expect(copies.filter((one) => one.project === project)).toEqual([]);
    stream?.write(
      new TextEncoder().encode(
        'cat /left.txt; echo u=$(id -u):$(id -g) $LEFT; ls -d /data; exit 3\r',
      ),
    );
    const text = await readText(stream!.output);
    expect(text).toMatch(/as it was[^]*u=7:8 behind[^]*\/data/);
    expect(await stream?.exit).toBe(3);
    await waitUntil(async () => (await objectIds()) === before);
    expect(seen.at(-1)).toBe(`progress: Copying ${name}`);
    expect((await engine.volumes()).map((volume) => volume.name)).toContain(name);
    await engine.remove(id, { force: true });
    await engine.removeVolume(name);
  });
});

/** The IDs of all containers and images of the engine. */
async function objectIds(): Promise<string> {
  const [containers, images] = await Promise.all([
    fixture.engine.containers(),
    fixture.engine.images(),
  ]);
  return [...containers, ...images]
    .map(({ id }) => id)
    .sort()
    .join(' ');
}
