import { expect, test } from 'vitest';
import { officialImages, rankedTags } from './official-images.ts';

function names(image: string, tags: readonly string[]): readonly string[] {
  return rankedTags(image, tags).map(({ name }) => name);
}

test('compares version numbers numerically', () => {
  expect(names('memcached', ['1.9', '1.31', '1.10'])).toEqual(['1.31', '1.10', '1.9']);
  expect(names('python', ['3.9', '3.14', '3.13'])).toEqual(['3.14', '3.13', '3.9']);
});

test('groups the tags of a release: plain, slim, alpine, then named systems, newest first', () => {
  const tags = ['3.14-slim', '3.14-bookworm', '3.14-trixie', '3.14.7', '3.14-alpine', '3.14', '3.13', '3.14-windowsservercore', '3.14-alpine3.23', '3.14-alpine3.24']; // prettier-ignore
  expect(names('python', tags)).toEqual([
    '3.14',
    '3.14.7',
    '3.14-slim',
    '3.14-alpine',
    '3.14-trixie',
    '3.14-bookworm',
    '3.14-alpine3.24',
    '3.14-alpine3.23',
    '3.14-windowsservercore',
    '3.13',
  ]);
});

test('lists moving, pre-release, dated and end-of-life tags after fixed ones', () => {
  const found = rankedTags('debian', [
    'buster',
    'sid',
    'latest',
    'trixie-20260803',
    '13',
    'trixie',
    '12.15',
  ]);
  expect(found.map(({ name, state }) => `${name} ${state}`)).toEqual([
    '13 fixed',
    'trixie fixed',
    '12.15 fixed',
    'latest moving',
    'sid early',
    'trixie-20260803 dated',
    'buster ended',
  ]);
});

test('lists versions newer than all known releases after those releases', () => {
  const found = rankedTags('ubuntu', ['99.10', '24.04', 'latest']);
  expect(found.map(({ name, state }) => `${name} ${state}`)).toEqual([
    '24.04 fixed',
    '99.10 ahead',
    'latest moving',
  ]);
});

test('treats a variant on an end-of-life system as end of life', () => {
  const [fixed, ended] = rankedTags('python', ['3.13-buster', '3.13']);
  expect(fixed).toMatchObject({ name: '3.13', state: 'fixed' });
  expect(ended).toMatchObject({ name: '3.13-buster', state: 'ended', end: '2024-06-30' });
});

test('treats release candidates as pre-release, and major versions as moving if minor versions are releases', () => {
  const found = rankedTags('python', ['3', '3.15-rc', '3.15.0rc1-slim', 'slim']);
  expect(found.map(({ name, state }) => `${name} ${state}`)).toEqual([
    '3 moving',
    'slim moving',
    '3.15-rc early',
    '3.15.0rc1-slim early',
  ]);
  expect(rankedTags('node', ['22'])[0]?.state).toBe('fixed');
});

test('the bundled list contains the images with known releases, and no end-of-life tag comes first', async () => {
  const images = await officialImages();
  expect(images.names.length).toBeGreaterThan(100);
  for (const name of ['debian', 'python', 'node', 'golang', 'postgres', 'alpine']) {
    const [first] = images.tags(name);
    expect(first?.state, name).toBe('fixed');
    expect(new Set(images.tags(name).map((tag) => tag.name)).size).toBe(images.tags(name).length);
  }
  expect(images.tags('python').map(({ name }) => name)).toContain('3.13-slim');
  expect(images.tags('no-such-image')).toEqual([]);
});
