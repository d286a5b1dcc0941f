import { expect, test } from 'vitest';
import { officialImages, rankedTags } from './official-images.ts';

function names(image: string, tags: readonly string[]): readonly string[] {
  return rankedTags(image, tags).map(({ name }) => name);
}

test('numbers of a version are compared as numbers', () => {
  expect(names('nginx', ['1.9', '1.31', '1.10'])).toEqual(['1.31', '1.10', '1.9']);
  expect(names('python', ['3.9', '3.14', '3.13'])).toEqual(['3.14', '3.13', '3.9']);
});

test('one release stands together: plain, slim, alpine, then named systems with the newest first', () => {
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

test('what moves, is early, dated or past its end comes behind what is fixed', () => {
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

test('what is newer than all known releases comes behind them', () => {
  const found = rankedTags('ubuntu', ['99.10', '24.04', 'latest']);
  expect(found.map(({ name, state }) => `${name} ${state}`)).toEqual([
    '24.04 fixed',
    '99.10 ahead',
    'latest moving',
  ]);
});

test('a variant on a system past its end has ended too', () => {
  const [fixed, ended] = rankedTags('python', ['3.13-buster', '3.13']);
  expect(fixed).toMatchObject({ name: '3.13', state: 'fixed' });
  expect(ended).toMatchObject({ name: '3.13-buster', state: 'ended', end: '2024-06-30' });
});

test('release candidates are early, and a major version moves where minor ones are releases', () => {
  const found = rankedTags('python', ['3', '3.15-rc', '3.15.0rc1-slim', 'slim']);
  expect(found.map(({ name, state }) => `${name} ${state}`)).toEqual([
    '3 moving',
    'slim moving',
    '3.15-rc early',
    '3.15.0rc1-slim early',
  ]);
  expect(rankedTags('node', ['22'])[0]?.state).toBe('fixed');
});

test('the list that is carried has the images with known releases, and nothing ended in front', async () => {
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
