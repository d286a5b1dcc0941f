import { expect, test } from 'vitest';
import { detailsOf } from '../engine/docker-api/inspect.ts';
import { specOf } from './spec.ts';
import { emptyVolumes, anonymousVolumes, withVolumes } from './anonymous-volumes.ts';

const volume = 'a'.repeat(64);
const data = { volume, path: '/data', readOnly: false };

test('volumes without a name are those that the engine named', () => {
  const Mounts = [
    { Type: 'volume', Name: volume, Destination: '/data', RW: true },
    { Type: 'volume', Name: 'shop', Destination: '/shop', RW: true },
    { Type: 'bind', Destination: '/src' },
  ];
  expect(anonymousVolumes(detailsOf('container', { Mounts }))).toEqual([data]);
  expect(anonymousVolumes(detailsOf('container', { Mounts: null }))).toEqual([]);
  // They may be another container's, and then the new one has them too.
  expect(
    anonymousVolumes(detailsOf('container', { Mounts, HostConfig: { VolumesFrom: ['other'] } })),
  ).toEqual([]);
});

test.each([
  ['nothing', {}, [data]],
  ['a volume without a name', { volume: ['/data'] }, [data]],
  ['the same by --mount', { mount: ['type=volume,target=/data/'] }, [data]],
  ['its own volume by its name', { volume: [`${volume}:/data`] }, []],
  ['a folder', { volume: ['/srv:/data/'] }, []],
  ['memory', { tmpfs: ['/data'] }, []],
])('with %s in its place', (_, lists, expected) => {
  expect(emptyVolumes([data], specOf('x', { lists }))).toEqual(expected);
});

test('carries over named volumes only for anonymous volumes', () => {
  const lists = {
    volume: ['/data', '/other', './src:/src'],
    mount: ['type=volume,target=/cache', 'type=volume,source=named,target=/named'],
  };
  const cache = { volume: 'b'.repeat(64), path: '/cache', readOnly: true };
  expect(withVolumes(specOf('x', { lists }), [data, cache]).lists).toEqual({
    volume: ['/other', './src:/src', `${volume}:/data`, `${cache.volume}:/cache:ro`],
    mount: ['type=volume,source=named,target=/named'],
  });
});
