import { describe, expect, test, vi } from 'vitest';
import type { NewContainer } from '../engine/container-requests.ts';
import { trial } from '../../../test/command-trial.ts';
import bringBackCommand from '../commands/containers/bring-back.ts';
import pullRecreate from '../commands/containers/pull-recreate.ts';
import recreate from '../commands/containers/recreate.ts';
import remove from '../commands/containers/remove.ts';

const [oldId, newId] = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];

/** A container `web` that runs an image whose tag was given to another one. */
function world(answers: readonly (string | undefined)[], image = 'shop:1', Labels = {}) {
  return trial(
    {
      images: [
        { id: oldId, tags: [] },
        { id: newId, tags: ['shop:1'] },
      ],
      containers: [
        {
          name: 'web',
          state: 'running',
          image,
          imageId: oldId,
          inspect: { Config: { Image: image, Env: ['PASSWORD=secret'], Labels } },
        },
      ],
    },
    answers,
  );
}

describe('recreation', () => {
  test('changes nothing without a confirmation', async () => {
    const t = world([undefined]);
    const { id } = t.world.container('web');
    await t.run(recreate, 'web');
    expect(t.seen).toEqual([
      'confirm: Recreate web with the newer image shop:1? (Options, networks and volumes are kept. Files written inside the container and its log are not. If the new container does not start, the old one is restored.) [Recreate]',
    ]);
    expect(t.world.container('web').id).toBe(id);
  });

  test('says that an image ID never changes', async () => {
    const t = world([], oldId);
    await t.run(pullRecreate, 'web');
    expect(t.seen).toEqual([
      'info: web was created from an image ID or digest, which never changes.',
    ]);
  });

  test('keeps the container in its Compose project, with the label of the new image', async () => {
    const labels = {
      'com.docker.compose.project': 'shop',
      'com.docker.compose.service': 'web',
      'com.docker.compose.image': oldId,
      team: 'a=b',
    };
    const t = world(['Recreate'], 'shop:1', labels);
    const requests: NewContainer[] = [];
    const create = t.world.engine.create.bind(t.world.engine);
    t.world.engine.create = (request) => {
      requests.push(request);
      return create(request);
    };
    await t.run(recreate, 'web');
    expect(requests.map(({ body }) => body.Labels)).toEqual([
      { ...labels, 'com.docker.compose.image': newId },
    ]);
  });

  test('restores the old container if the new one cannot be created', async () => {
    const t = world(['Recreate']);
    const { id } = t.world.container('web');
    t.world.engine.create = () => Promise.reject(new Error('no space left on device'));
    await expect(t.run(recreate, 'web')).rejects.toThrow('no space left on device');
    expect(t.world.container('web')).toMatchObject({ id, state: 'running' });
  });
});

describe('removed containers', () => {
  test('come back from the list, once', async () => {
    const t = world(['Kill and Remove', 'web']);
    await t.run(remove, 'web');
    expect(t.seen.at(-1)).toBe('info: Removed web. [Bring Back]');
    await t.run(bringBackCommand);
    expect(t.seen.slice(-2)).toEqual([
      'pickSome: Bring Back Removed Containers, without Their Files [web]',
      'info: Created again, without their own files: web.',
    ]);
    expect(t.world.container('web')).toMatchObject({ state: 'running', imageId: oldId });
    await t.run(bringBackCommand);
    expect(t.seen.at(-1)).toBe('info: No container was removed from this engine within a day.');
  });

  test('are offered for a day', async () => {
    const t = world(['Kill and Remove']);
    await t.run(remove, 'web');
    vi.useFakeTimers({ now: Date.now() + 24 * 3_600_000 + 1 });
    try {
      await t.run(bringBackCommand);
    } finally {
      vi.useRealTimers();
    }
    expect(t.seen.at(-1)).toBe('info: No container was removed from this engine within a day.');
  });

  test('are not in the state of the workspace, and are limited in number', async () => {
    const secrets = new Map<string, string>();
    const states: string[] = [];
    const names = Array.from({ length: 25 }, (_, index) => `c${index}`);
    const t = trial(
      {
        images: [{ id: oldId, tags: ['shop:1'] }],
        containers: names.map((name) => ({
          name,
          state: 'exited' as const,
          image: 'shop:1',
          imageId: oldId,
          inspect: { Config: { Image: 'shop:1', Env: ['PASSWORD=secret'] } },
        })),
      },
      ['Remove'],
      {
        editor: {
          getSecret: (key) => Promise.resolve(secrets.get(key)),
          setSecret: (key, value) => Promise.resolve(void secrets.set(key, value)),
          setState: (_, value) => Promise.resolve(void states.push(value)),
        },
      },
    );
    await t.run(remove, ...names);
    expect(states).toEqual([]);
    const stored = JSON.parse(secrets.get('removed-containers') ?? '') as readonly unknown[];
    expect(stored).toHaveLength(20);
  });

  test('are not offered if they were not removed', async () => {
    const t = world(['Kill and Remove']);
    t.world.engine.remove = () => Promise.reject(new Error('busy'));
    await expect(t.run(remove, 'web')).rejects.toThrow('busy');
    await t.run(bringBackCommand);
    expect(t.seen.at(-1)).toBe('info: No container was removed from this engine within a day.');
  });

  test.each(['{', '[1, {"id": "x"}]', '{}'])('ignores %s in the storage', async (text) => {
    const t = trial({}, [], { editor: { getSecret: () => Promise.resolve(text) } });
    await t.run(bringBackCommand);
    expect(t.seen).toEqual(['info: No container was removed from this engine within a day.']);
  });
});
