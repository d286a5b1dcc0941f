/** Compose by its real plugin, on a real engine: each project is started, scaled, read, restarted and taken down. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  composeDown,
  composeScale,
  composeStep,
  composeUpWithOptions,
  containersForLogs,
} from '../../client/src/compose/session.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import type { Container, Engine } from '../../client/src/engine/engine.ts';
import { startNewerEngine } from '../../scripts/setup/newer-engine.mts';
import { recordingEditor, toolsFor, type Recording } from '../recording-editor.ts';
import { withNewerEngine } from './buildkit.ts';
import { composeCases, type ComposeCase } from './compose-cases.ts';
import { readText, type EngineFixture } from './contract.ts';
import { createFixture } from './real-engine.ts';

const newer = await withNewerEngine(() => startNewerEngine());

describe.skipIf(newer === undefined)('Compose on a real engine', () => {
  let engine: Engine;
  let fixture: EngineFixture;
  let folder: string;
  let count = 0;
  const { PATH, DOCKER_CONFIG } = process.env;
  const state = new Map<string, string>();

  beforeAll(async () => {
    const address = await findAddress(`unix://${newer!.socket}`);
    engine = await connect(address);
    fixture = await createFixture({ address, engine });
    process.env.PATH = newer!.env.PATH;
    process.env.DOCKER_CONFIG = newer!.env.DOCKER_CONFIG;
  }, 120_000);
  afterAll(async () => {
    Object.assign(process.env, { PATH, DOCKER_CONFIG });
    if (DOCKER_CONFIG === undefined) delete process.env.DOCKER_CONFIG;
    await fixture.close();
    await newer!.stop();
  }, 60_000);
  beforeEach(async () => {
    state.clear();
    const root = await mkdtemp(path.join(tmpdir(), 'drydock-compose-'));
    // A name that Compose accepts, and that no other test has.
    folder = path.join(root, `case-${++count}`);
    return () => rm(root, { recursive: true });
  });

  /** The tools of one command; its terminals are read to their end. */
  function command(...answers: readonly string[]) {
    const printed: string[] = [];
    const recording: Recording = recordingEditor(answers, {
      getState: (key) => state.get(key),
      setState: (key, value) => Promise.resolve(void state.set(key, value)),
      openTerminal: async ({ note = '', start }) => {
        printed.push(note);
        const { output } = await start(undefined);
        void (async () => {
          for await (const chunk of output) printed.push(Buffer.from(chunk).toString());
        })();
      },
    });
    const tools = toolsFor(engine, recording.editor, {
      connectionState: async () => ({ address: await findAddress(`unix://${newer!.socket}`) }),
    });
    const errors = () => recording.seen.filter((line) => line.startsWith('error:'));
    return { tools, errors, seen: recording.seen, printed };
  }

  async function write(files: ComposeCase['files']): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(
        file,
        text
          .replaceAll('{{image}}', fixture.image)
          .replaceAll(
            /\{\{run ([\w-]+)\}\}/g,
            (_, name: string) =>
              `["sh", "-c", "trap 'exit 0' TERM; echo ${name} is up $$COLOR; sleep 1000 & wait"]`,
          ),
      );
    }
  }

  const containersHere = async (): Promise<readonly Container[]> =>
    (await engine.containers()).filter(({ labels }) =>
      labels['com.docker.compose.project.working_dir']?.startsWith(folder),
    );

  async function logOf({ id }: Container): Promise<string> {
    const { signal } = new AbortController();
    return readText(engine.logs(id, { follow: false, tail: 1000 }, signal));
  }

  test.each(composeCases.map((one) => [one.name, one] as const))(
    '%s',
    async (_, one) => {
      await write(one.files);
      const subjects = {
        containers: [],
        files: { paths: one.open.map((name) => path.join(folder, name)) },
      };
      const files = one.options ? [] : (one.answers ?? []);

      const up = command(...(one.answers ?? []));
      if (one.options) await composeUpWithOptions(up.tools, subjects);
      else await composeStep(up.tools, 'up', subjects);
      expect([up.errors(), up.printed.at(0)]).toEqual([[], expect.stringContaining('compose')]);
      const created = await containersHere();
      expect(created.map(({ service }) => service).sort()).toEqual(Object.keys(one.up).sort());
      for (const container of created) {
        const text = one.up[container.service ?? ''] ?? '';
        await expect.poll(() => logOf(container), { timeout: 20_000 }).toContain(text);
      }
      // From here on, the group of the project is selected.
      const groups = [`project/${created[0]?.project ?? ''}`];
      const rows = async () => ({
        containers: await containersHere(),
        files: { paths: [], groups },
      });

      if (one.scale !== undefined) {
        const scale = command('2');
        const service = created.filter((container) => container.service === one.scale);
        await composeScale(scale.tools, { containers: service, files: { paths: [], groups: [] } });
        expect(scale.errors()).toEqual([]);
        const all = await containersHere();
        expect(all.filter(({ service: name }) => name === one.scale)).toHaveLength(2);
        expect(all).toHaveLength(created.length + 1);
      }

      const logs = command(...files);
      const logged = await containersForLogs(logs.tools, subjects);
      expect(new Set(logged.map(({ id }) => id))).toEqual(
        new Set((await containersHere()).map(({ id }) => id)),
      );

      const restart = command();
      await composeStep(restart.tools, 'restart', await rows());
      expect(restart.errors()).toEqual([]);

      const { down = ['Down'], volumes = [] } = one;
      const downs = command(...down);
      await composeDown(downs.tools, await rows());
      expect(downs.errors()).toEqual([]);
      expect(await containersHere()).toEqual([]);
      const project = created[0]?.project ?? '';
      expect((await engine.networks()).filter((network) => network.project === project)).toEqual(
        [],
      );
      const left = (await engine.volumes()).filter((volume) => volume.project === project);
      expect(left.map(({ name }) => name)).toEqual(volumes.map((name) => `${project}_${name}`));
      for (const { name } of left) await engine.removeVolume(name);
    },
    120_000,
  );

  test('names the services of a container row, and removes only their containers', async () => {
    await write({
      'compose.yaml': `services:\n${['web', 'db'].map((name) => `  ${name}:\n    image: {{image}}\n    command: {{run ${name}}}\n`).join('')}`,
    });
    const paths = [path.join(folder, 'compose.yaml')];
    await composeStep(command().tools, 'up', { containers: [], files: { paths } });
    const web = (await containersHere()).filter(({ service }) => service === 'web');
    const remove = command('Remove');
    await composeDown(remove.tools, { containers: web, files: { paths: [], groups: [] } });
    expect(remove.seen[0]).toContain('Remove the containers of web in');
    expect((await containersHere()).map(({ service }) => service)).toEqual(['db']);
    const rows = await containersHere();
    await composeStep(command().tools, 'up', {
      containers: rows,
      files: { paths: [], groups: [] },
    });
    expect((await containersHere()).map(({ service }) => service)).toEqual(['db']);
    const all = command('Down');
    await composeDown(all.tools, { containers: rows, files: { paths } });
    expect(await containersHere()).toEqual([]);
  }, 60_000);

  test('takes down a project whose files were deleted, and says so where they are required', async () => {
    await write({ 'compose.yaml': 'services:\n  web:\n    image: {{image}}\n    command: {{run web}}\n' }); // prettier-ignore
    const paths = [path.join(folder, 'compose.yaml')];
    await composeStep(command().tools, 'up', { containers: [], files: { paths } });
    await rm(folder, { recursive: true });
    const containers = await containersHere();
    const groups = [`project/${containers[0]?.project ?? ''}`];
    const up = command();
    await composeStep(up.tools, 'up', { containers, files: { paths: [], groups } });
    expect(up.errors()).toEqual([expect.stringContaining('does not exist on this machine')]);
    const down = command('Down');
    await composeDown(down.tools, { containers, files: { paths: [], groups } });
    expect(down.errors()).toEqual([]);
    expect(await containersHere()).toEqual([]);
  }, 60_000);

  test.each([
    ['services: [', /^error: Could not start case-\d+: .*yaml/i],
    ['services:\n  web: {}\n', /has neither an image nor a build context/],
    [
      'services:\n  web:\n    image: {{image}}\n    command: [nosuch]\n',
      /nosuch.*executable file not found/,
    ],
    [
      'services:\n  web:\n    image: {{image}}\n    depends_on: [db]\n',
      /depends on undefined service "?db/,
    ],
    ['services:\n  web:\n    image: {{image}}\n    environment: ["A=${A:?set A first}"]\n', /set A first/], // prettier-ignore
  ])(
    'reports in one sentence why %j does not start',
    async (text, message) => {
      await write({ 'compose.yaml': text });
      const paths = [path.join(folder, 'compose.yaml')];
      const up = command();
      await composeStep(up.tools, 'up', { containers: [], files: { paths } });
      expect(up.errors()).toEqual([expect.stringMatching(message)]);
      expect(up.errors()[0]).toMatch(/ \[Retry\]$/);
      for (const { id } of await containersHere()) await engine.remove(id, { force: true });
    },
    60_000,
  );
});
