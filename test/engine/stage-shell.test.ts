/** A shell in the stage of a failed build: it has the state before the failed instruction, and leaves nothing behind. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildRequest } from '../../contract/build.ts';
import { readDockerfile } from '../../client/src/build/dockerfile/read-dockerfile.ts';
import { BuildRun } from '../../client/src/build/view/build-run.ts';
import { openStageShell, stageBefore } from '../../client/src/build/view/stage-shell.ts';
import type { Duplex } from '../../client/src/engine/engine.ts';
import { recordingEditor, toolsFor } from '../recording-editor.ts';
import { engineErrorOf, readText, waitUntil, type EngineFixture } from './contract.ts';
import { connectRealEngine, createFixture } from './real-engine.ts';

const real = await connectRealEngine();
let fixture: EngineFixture;
let folder: string;
beforeAll(async () => {
  if (real) fixture = await createFixture(real);
  folder = await mkdtemp(path.join(tmpdir(), 'drydock-'));
});
afterAll(async () => {
  if (real) await fixture.close();
  await rm(folder, { recursive: true });
});

/** A build of this Dockerfile, which has failed. */
async function failedBuild(text: string, more: Partial<BuildRequest> = {}): Promise<BuildRun> {
  const dockerfile = path.join(folder, 'Dockerfile');
  await writeFile(dockerfile, text);
  const request: BuildRequest = {
    context: { kind: 'directory', path: folder },
    dockerfile,
    tags: [`drydock-test-${randomUUID()}:dev`],
    ...more,
  };
  const run = new BuildRun({ request, title: 'shop:dev' }, text);
  await run.run(fixture.engine, readDockerfile(text, request));
  expect(run.state).toBe('failed');
  return run;
}

async function objects(): Promise<readonly string[]> {
  const { engine } = fixture;
  const [containers, images] = await Promise.all([engine.containers(), engine.images()]);
  return [...containers, ...images].map(({ id }) => id).sort();
}

describe.skipIf(!real)('a shell in the stage of a failed build', () => {
  test('has files, user, directory and variables from before the instruction, and leaves nothing', async () => {
    const run = await failedBuild(
      [
        `FROM ${fixture.image} AS build`,
        'ENV STATE=before',
        'WORKDIR /work',
        `RUN echo made-${randomUUID()} > file`,
        'USER 7:8',
        'RUN false && \\',
        '  echo never',
        'ENV STATE=after',
        `FROM ${fixture.image}`,
        'COPY --from=build /work /work',
        '',
      ].join('\n'),
      { noCache: true },
    );
    expect(stageBefore(run)?.line).toBe(6);
    const before = await objects();
    let stream: Duplex | undefined;
    let terminal = '';
    const { editor, seen } = recordingEditor(['Open Shell'], {
      openTerminal: async ({ name, start }) => {
        terminal = name;
        stream = await start(undefined);
      },
    });
    await openStageShell(run, toolsFor(fixture.engine, editor));
    expect(terminal).toMatch(/^shop:dev before line 6: \w*sh$/);
    expect(seen[0]).toContain('removed when the shell exits');
    stream?.write(
      new TextEncoder().encode('cat file; echo u=$(id -u):$(id -g) $PWD $STATE; exit 3\r'),
    );
    expect(await readText(stream!.output)).toMatch(/made-[^]*u=7:8 \/work before/);
    expect(await stream?.exit).toBe(3);
    await waitUntil(async () => (await objects()).join() === before.join());
  });

  test('starts from the base image if the first instruction failed, and keeps that image', async () => {
    const run = await failedBuild(`FROM ${fixture.image}\nRUN no-such-program\n`);
    const before = await objects();
    let stream: Duplex | undefined;
    const { editor } = recordingEditor(['Open Shell'], {
      openTerminal: async ({ start }) => {
        stream = await start(undefined);
      },
    });
    await openStageShell(run, toolsFor(fixture.engine, editor));
    stream?.write(new TextEncoder().encode('exit\r'));
    await readText(stream!.output);
    await waitUntil(async () => (await objects()).join() === before.join());
  });

  test('says that the stage has no shell, and leaves nothing', async () => {
    const run = await failedBuild('FROM scratch\nCOPY Dockerfile /a\nCOPY missing /b\n');
    const before = await objects();
    const { editor } = recordingEditor(['Open Shell']);
    const error = await engineErrorOf(openStageShell(run, toolsFor(fixture.engine, editor)));
    expect(error.message).toBe(
      'Could not open a shell in the stage before line 3: the image does not contain a shell (distroless or FROM scratch)',
    );
    expect(await objects()).toEqual(before);
  });

  test('does nothing without a confirmation', async () => {
    const run = await failedBuild(`FROM ${fixture.image}\nRUN false\n`);
    const before = await objects();
    const { editor, seen } = recordingEditor([]);
    await openStageShell(run, toolsFor(fixture.engine, editor));
    expect(seen).toHaveLength(1);
    expect(await objects()).toEqual(before);
  });

  test('is not offered for FROM and for a build with unknown options', async () => {
    const run = await failedBuild(`FROM ${fixture.image}\nRUN false\n`);
    expect(stageBefore(run)).toBeDefined();
    run.elsewhere = 'terminal';
    expect(stageBefore(run)).toBeUndefined();
    const from = await failedBuild('FROM no.such.registry.invalid/image:1\nRUN true\n');
    expect(stageBefore(from)).toBeUndefined();
  });
});
