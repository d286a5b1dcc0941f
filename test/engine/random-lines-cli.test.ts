/**
 * Random `docker run` lines over all options, and the docker CLI with a server that records its requests: each line gives
 * the same create request, and what the docker CLI refuses has a mark. DRYDOCK_LINES is the number of lines, DRYDOCK_SEED
 * the seed of the first one.
 */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewerEngine } from '../../scripts/setup/newer-engine.mts';
import { conflicts } from '../../client/src/run/check-conflicts.ts';
import { specOfWords } from '../../client/src/run/line.ts';
import type { OptionName } from '../../client/src/run/options.ts';
import { Choices, lineOptions, randomLine, wordsOf, type LineWorld } from '../random-lines.ts';
import { oddValues } from '../odd-values.ts';
import { withNewerEngine } from './buildkit.ts';
import { expectEqual, preparedFolder, RecordingServer, requestOf } from './create-requests.ts';

const run = promisify(execFile);
const count = Number(process.env.DRYDOCK_LINES ?? 100);
const from = Number(process.env.DRYDOCK_SEED ?? 1);
const variables = { HOME: '/home/me' };

/** Options that `docker create` does not have, or with which it sends other requests first. */
const notCreated: readonly OptionName[] = [
  'detach',
  'detach-keys',
  'sig-proxy',
  'pull',
  'disable-content-trust',
  // The docker CLI has not sent it since 23; engines before that use it.
  'kernel-memory',
];

/** Options that the docker CLI refuses for an engine of this kind. */
const refused: Readonly<Record<string, readonly OptionName[]>> = {
  linux: ['cpu-count', 'cpu-percent', 'io-maxbandwidth', 'io-maxiops'],
  windows: ['use-api-socket'],
};

describe('random lines over all options', () => {
  const stops: (() => unknown)[] = [];
  let newer: NewerEngine | undefined;
  let folder: string;
  beforeAll(async () => {
    newer = await withNewerEngine((engine) => Promise.resolve(engine));
    folder = await preparedFolder();
    stops.push(
      () => newer?.stop(),
      () => rm(folder, { recursive: true }),
    );
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  function worldOf(os: string): LineWorld {
    return {
      folder,
      images: ['x', 'localhost:5000/a/b:c'],
      containers: ['other', 'db'],
      networks: [
        { name: 'front', v4: '172.30.1.', v6: '2001:db8:1::' },
        { name: 'back', v4: '172.30.2.', v6: '2001:db8:2::' },
      ],
      ...(os === 'windows' && { devices: ['class/5B45201D-F2F2-4F3B-85BB-30FF1F953599'] }),
      without: new Set([...notCreated, ...(refused[os] ?? [])]),
    };
  }

  /** Runs `docker create`, and returns what it printed. */
  async function dockerCreate(words: readonly string[], host: string): Promise<string> {
    const env = { ...newer?.env, ...variables, DOCKER_HOST: host };
    return run('docker', ['create', ...words], { cwd: folder, env }).then(
      ({ stdout }) => stdout,
      (error: unknown) => (error as { readonly stderr: string }).stderr,
    );
  }

  test.for(['linux', 'windows'])(
    'give the create request of the docker CLI for a %s engine',
    async (os, { skip }) => {
      if (newer === undefined) return skip();
      const server = new RecordingServer('1.51', os);
      const host = await server.start();
      stops.push(() => server.stop());
      for (let seed = from; seed < from + count; seed++) {
        const words = wordsOf(randomLine(seed, worldOf(os)));
        const of = `seed ${seed}: ${words.join(' ')}`;
        const { spec, troubles } = specOfWords(words, { folder, variables });
        expect(troubles, of).toEqual([]);
        const printed = await dockerCreate(words, host);
        const [request] = server.take();
        expect(request, `${of}: ${printed}`).toBeDefined();
        expectEqual(await requestOf(spec, variables), request, of);
      }
    },
  );

  test('have a mark where the docker CLI refuses them', async ({ skip }) => {
    if (newer === undefined) return skip();
    const server = new RecordingServer('1.51', 'linux');
    const host = await server.start();
    stops.push(() => server.stop());
    const world = worldOf('linux');
    // These name files that the docker CLI reads or writes.
    const files: readonly OptionName[] = ['cidfile', 'env-file', 'label-file', 'security-opt'];
    const names = lineOptions.filter(
      (name) => ![...(world.without ?? []), ...files].includes(name),
    );
    for (let seed = from; seed < from + count; seed++) {
      const choices = new Choices(seed);
      const name = choices.of(...names);
      const others = { ...world, without: new Set([...(world.without ?? []), ...files, name]) };
      const line = choices.chance(3) ? wordsOf(randomLine(seed, others)) : ['x'];
      const words = [`--${name}=${choices.of(...oddValues)}`, ...line];
      const { spec, troubles } = specOfWords(words, { folder, variables });
      const marks = [...troubles, ...conflicts(spec)].filter(({ severity }) => severity !== 'note');
      const printed = await dockerCreate(words, host);
      if (server.take().length > 0) continue;
      expect(marks, `seed ${seed}: ${words.join(' ')}: ${printed}`).not.toEqual([]);
    }
  });
});
