import { expect, test } from 'vitest';
import { detailsOf } from './inspect.ts';

test('reads a container without what is null or of another type', () => {
  const json = {
    Id: 'c1',
    Name: '/web',
    Image: 'sha256:1',
    State: { Running: true, StartedAt: '2026-01-01T00:00:00Z' },
    Config: { Cmd: ['a', 1], Env: null, Labels: { a: 'b', c: 3 }, Tty: 'yes', User: 'me' },
    HostConfig: { Memory: 64, Ulimits: [{ Name: 'nofile', Soft: 1n, Hard: 2 }, null] },
    NetworkSettings: { Networks: { front: { Aliases: ['web'], Gateway: '10.0.0.1' }, none: null } },
    Mounts: [{ Type: 'bind', Source: '/a', Destination: '/b', RW: false }, 'x'],
  };
  const { raw, ...details } = detailsOf('container', json);
  expect(details).toEqual({
    id: 'c1',
    name: 'web',
    imageId: 'sha256:1',
    running: true,
    started: true,
    outOfMemory: false,
    exitCode: 0,
    healthChecks: [],
    startedAt: new Date('2026-01-01T00:00:00Z'),
    restartCount: 0,
    config: { Cmd: ['a'], Labels: { a: 'b' }, User: 'me' },
    host: { Memory: 64, Ulimits: [{ Name: 'nofile', Soft: 1n, Hard: 2 }] },
    networks: { front: { Aliases: ['web'] } },
    mounts: [{ type: 'bind', name: '', source: '/a', destination: '/b', readOnly: true }],
  });
  // Nothing is left out of the JSON that is shown.
  expect(JSON.parse(raw)).toMatchObject({ Config: { Tty: 'yes', Env: null } });
});

test.each(['container', 'image', 'network', 'volume'] as const)(
  'reads a %s from anything',
  (about) => {
    for (const json of [undefined, null, 3, 'text', [], {}, { Config: [], Mounts: {} }]) {
      expect(detailsOf(about, json).raw).toBeTypeOf('string');
    }
  },
);

test('reads an image', () => {
  const json = {
    Id: 'sha256:1',
    RepoTags: ['web:1'],
    Os: 'linux',
    Architecture: 'arm64',
    RootFS: { Layers: ['sha256:a'] },
    Config: { ExposedPorts: { '80/tcp': {} } },
  };
  expect(detailsOf('image', json)).toMatchObject({
    id: 'sha256:1',
    tags: ['web:1'],
    os: 'linux',
    architecture: 'arm64',
    layers: ['sha256:a'],
    config: { ExposedPorts: { '80/tcp': {} } },
  });
});
