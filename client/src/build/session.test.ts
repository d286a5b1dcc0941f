import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import build from '../commands/dockerfile/build.ts';
import run from '../commands/dockerfile/run.ts';

async function inDirectory(work: (file: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'drydock-'));
  const file = join(directory, 'Dockerfile');
  await writeFile(file, 'FROM scratch AS base\nFROM base\n');
  await work(file);
  await rm(directory, { recursive: true });
}

test('remembers the tag of each stage separately', () =>
  inDirectory(async (file) => {
    const recording = recordingEditor(['shop', 'tools', undefined, undefined]);
    const fake = fakeEngine({});
    const targets: (string | undefined)[] = [];
    const engine = {
      ...fake.engine,
      build: (...args: Parameters<typeof fake.engine.build>) => {
        targets.push(args[0].target);
        return fake.engine.build(...args);
      },
    };
    const tools = toolsFor(engine, recording.editor);
    await build.run([], tools, { paths: [file] });
    await build.run([], tools, { paths: [file], stage: 'base' });
    await build.run([], tools, { paths: [file], stage: 'base' });
    await build.run([], tools, { paths: [file] });
    expect(targets).toEqual([undefined, 'base']);
    const asked = recording.seen.filter((line) => line.startsWith('ask:'));
    expect(asked[1]).toMatch(/‹drydock-.*:base›/);
    expect(asked[2]).toContain('‹tools:latest›');
    expect(asked[3]).toContain('‹shop:latest›');
  }));

test('runs the built image with published ports', () =>
  inDirectory(async (file) => {
    const recording = recordingEditor(['shop']);
    const fake = fakeEngine({});
    const calls: unknown[] = [];
    const engine = {
      ...fake.engine,
      create: ({ body }: { readonly body: object }) => {
        calls.push(body);
        return Promise.resolve({ id: 'c1', warnings: [] });
      },
      start: (id: string) => {
        calls.push(id);
        return Promise.resolve();
      },
    };
    await run.run([], toolsFor(engine, recording.editor), { paths: [file] });
    expect(calls).toEqual([{ Image: 'shop:latest', HostConfig: { PublishAllPorts: true } }, 'c1']);
    expect(recording.seen.at(-1)).toContain('Started shop:latest.');
  }));
