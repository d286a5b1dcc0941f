/** Creates containers from README lines on a real engine, and again from their inspect data. */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startContainer } from '../../client/src/run/start.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { fileEntry, packTar } from '../../client/src/engine/tar.ts';
import type { ContainerDetails } from '../../client/src/engine/details.ts';
import { specOfValues } from '../../client/src/run/spec-of-values.ts';
import { valuesOf } from '../../client/src/run/values-of-spec.ts';
import { specOfContainer } from '../../client/src/run/from-container.ts';
import { readTexts } from '../../client/src/run/host.ts';
import { lineOfSpec, specOfLine } from '../../client/src/run/line.ts';
import { filesOf, newContainer } from '../../client/src/run/request.ts';
import type { RunSpec } from '../../client/src/run/spec.ts';
import { anonymousVolumes, withVolumes } from '../../client/src/run/anonymous-volumes.ts';
import { lasting } from '../lasting.ts';
import { recordingEditor } from '../recording-editor.ts';
import { runLines, runPlace } from '../run-lines.ts';
import { bytes, readText, type EngineFixture } from './contract.ts';
import { createFixture, connectRealEngine } from './real-engine.ts';

const real = await connectRealEngine();

describe.skipIf(real === undefined)('docker run lines on a real engine', () => {
  let engine: Engine;
  let fixture: EngineFixture;
  let folder: string;
  let base: string;
  const networks: string[] = [];
  const tags = new Set<string>();

  beforeAll(async () => {
    engine = real!.engine;
    fixture = await createFixture(real!);
    const { id } = await engine.create({ body: { Image: fixture.image, Cmd: ['true'] } });
    const changes = ['CMD ["sh"]', 'ENV OF_IMAGE=yes', 'EXPOSE 80'];
    base = await engine.commit(id, { changes, pause: false });
    await engine.remove(id);
    folder = await mkdtemp(join(tmpdir(), 'drydock-run-'));
    for (const name of ['www', 'conf', 'home']) await mkdir(join(folder, name));
    await writeFile(join(folder, 'labels'), 'from.file=yes\n');
    for (const name of ['elastic', 'some-network']) {
      networks.push(await engine.createNetwork({ name }));
    }
  });
  afterAll(async () => {
    for (const id of networks) await engine.removeNetwork(id);
    for (const tag of tags) await engine.removeImage(tag, { force: true });
    await fixture.close();
    await rm(folder, { recursive: true });
  });

  const context = () => {
    const variables = {
      ...runPlace.variables,
      HOME: join(folder, 'home'),
      GITLAB_HOME: join(folder, 'home'),
    };
    return { ...runPlace, folder, variables };
  };

  /** Creates, inspects and removes a container. */
  async function createAndInspect(spec: RunSpec): Promise<ContainerDetails> {
    const files = await readTexts(filesOf(spec));
    const { id } = await engine.create(newContainer(spec, { ...context(), files }));
    const details = await engine.inspect('container', id);
    await engine.remove(id, { force: true, volumes: true });
    return details;
  }

  test.each(Object.entries(runLines))(
    '%s: a container created from inspect data equals the original',
    async (_, line) => {
      const { spec, troubles } = specOfLine(line, context());
      expect(troubles).toEqual([]);
      const tag = /:[^/]*$/.test(spec.image) ? spec.image : `${spec.image}:latest`;
      await engine.tag(base, tag);
      tags.add(tag);
      const first = await createAndInspect(spec);
      const image = await engine.inspect('image', tag);
      const again = specOfContainer(first, image, await engine.info());
      // Through the form and the printed line, as for a user.
      const { spec: typed, marks } = specOfValues(valuesOf(again), context());
      expect(marks).toEqual([]);
      const { spec: printed } = specOfLine(lineOfSpec(typed), context());
      const second = await createAndInspect(printed);
      expect(lasting(second.raw)).toEqual(lasting(first.raw));
    },
  );

  test('attach returns the output and the exit code', async () => {
    const body = {
      Image: fixture.image,
      Cmd: ['sh', '-c', 'echo out; read x; echo "got $x"; exit 3'],
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      AttachStdout: true,
    };
    const { id } = await engine.create({ body });
    const stream = await engine.attach(id, { tty: false });
    await engine.start(id);
    stream.write(new TextEncoder().encode('this\n'));
    expect(await readText(stream.output)).toBe('out\ngot this\n');
    expect(await stream.exit).toBe(3);
    await engine.remove(id);
  });

  test('running again keeps the data of anonymous volumes, also after a failed attempt', async () => {
    // Process 1 has no default signal handlers, so it must handle SIGTERM.
    const Cmd = ['sh', '-c', "trap 'exit 0' TERM; sleep 1000 & wait"];
    const body = { Image: fixture.image, Cmd, Volumes: { '/data': {} } };
    const name = `drydock-test-${randomUUID()}`;
    const { id } = await engine.create({ name, body });
    await engine.start(id);
    await engine.writeArchive(id, '/data', packTar([fileEntry('kept', bytes('as it was'))]));
    const details = await engine.inspect('container', id);
    const volumes = anonymousVolumes(details);
    expect(volumes.map(({ path }) => path)).toEqual(['/data']);
    const spec = withVolumes(specOfContainer(details, undefined, undefined), volumes);
    const old = (await engine.containers()).find((one) => one.id === id);
    const { editor } = recordingEditor();
    const start = { engine, editor, context: context(), ...(old && { replaces: old }) };
    await expect(startContainer({ ...spec, command: ['/nowhere'] }, start)).rejects.toThrow(name);
    const next = await startContainer(spec, start);
    expect((await engine.containers()).map((one) => one.id)).not.toContain(id);
    const read = await engine.exec(next, ['cat', '/data/kept'], { tty: false });
    expect(await readText(read.output)).toBe('as it was');
    await engine.remove(next, { force: true });
    for (const { volume } of volumes) await engine.removeVolume(volume);
  });

  test('attach returns the exit code of a container that is removed when it exits', async () => {
    const body = {
      Image: fixture.image,
      Cmd: ['sh', '-c', 'echo hi; exit 4'],
      Tty: true,
      HostConfig: { AutoRemove: true },
    };
    const { id } = await engine.create({ body });
    const stream = await engine.attach(id, { tty: true });
    await engine.start(id);
    expect(await readText(stream.output)).toBe('hi\r\n');
    expect(await stream.exit).toBe(4);
  });
});
