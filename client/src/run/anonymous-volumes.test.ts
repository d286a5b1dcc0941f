import { expect, test } from 'vitest';
import { detailsOf } from '../engine/docker-api/inspect.ts';
import { specOf } from './spec.ts';
import { emptyVolumes, anonymousVolumes, withVolumes } from './anonymous-volumes.ts';

const volume = 'a'.repeat(64);
const data = { volume, path: '/data', readOnly: false };

test('finds volumes with a generated name', () => {
  const Mounts = [
    { Type: 'volume', Name: volume, Destination: '/data', RW: true },
    { Type: 'volume', Name: 'shop', Destination: '/shop', RW: true },
    { Type: 'bind', Destination: '/src' },
  ];
  expect(anonymousVolumes(detailsOf('container', { Mounts }))).toEqual([data]);
  expect(anonymousVolumes(detailsOf('container', { Mounts: null }))).toEqual([]);
  // With --volumes-from, they can belong to the other container.
  expect(
    anonymousVolumes(detailsOf('container', { Mounts, HostConfig: { VolumesFrom: ['other'] } })),
  ).toEqual([]);
});

test.each([
  ['no mount', {}, [data]],
  ['an anonymous volume', { volume: ['/data'] }, [data]],
  ['an anonymous volume of --mount', { mount: ['type=volume,target=/data/'] }, [data]],
  ['the same volume by name', { volume: [`${volume}:/data`] }, []],
  ['a bind mount', { volume: ['/srv:/data/'] }, []],
  ['a tmpfs mount', { tmpfs: ['/data'] }, []],
])('finds volumes that would be empty: %s', (_, lists, expected) => {
  expect(emptyVolumes([data], specOf('x', { lists }))).toEqual(expected);
});

test('mounts kept volumes instead of empty ones', () => {
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
