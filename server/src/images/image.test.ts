import { expect, test } from 'vitest';
import { parseImage, imageTrouble } from './image.ts';
import { recommendedTag } from './recommended-tags.ts';
import { releasesIn } from './releases.ts';

test.each([
  ['alpine', { repository: 'alpine' }],
  ['a/b:1', { repository: 'a/b', tag: '1' }],
  ['localhost/x', { registry: 'localhost', repository: 'x' }],
  ['localhost:5000/x/y:t', { registry: 'localhost:5000', repository: 'x/y', tag: 't' }],
  [
    'ghcr.io/a/b:t@sha256:' + 'a'.repeat(64),
    { registry: 'ghcr.io', repository: 'a/b', tag: 't', digest: 'sha256:' + 'a'.repeat(64) },
  ],
  ['[::1]:5000/a', { registry: '[::1]:5000', repository: 'a' }],
  ['a__b--c.d', { repository: 'a__b--c.d' }],
  ['Foo', 'upper-case'],
  ['docker.io/a/B', 'upper-case'],
  ['', 'empty'],
  ['a:', 'tag'],
  ['a:-x', 'tag'],
  ['a@sha256:12', 'digest'],
  ['a//b', 'repository'],
  ['a b', 'repository'],
  ['_a', 'repository'],
  ['-x.y/a', 'registry'],
  ['a'.repeat(256), 'too-long'],
  ['a'.repeat(64), 'looks-like-an-id'],
])('parses the image reference %s', (reference, expected) => {
  if (typeof expected === 'string') expect(imageTrouble(reference)).toBe(expected);
  else {
    expect(imageTrouble(reference)).toBeUndefined();
    expect(parseImage(reference)).toEqual({ kind: 'image', ...expected });
  }
});

test('references without a digest are read like those with one', () => {
  const parts = ['a', 'b0', 'localhost', 'x.y', '.', '-', '--', '_', '__', '/', '/', ':', ':', '5000', 'A', '[', 'a'.repeat(63)]; // prettier-ignore
  const digest = `sha256:${'a'.repeat(64)}`;
  let seed = 1;
  const next = (): string => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return parts[(seed >> 8) % parts.length] ?? '';
  };
  for (let i = 0; i < 20_000; i++) {
    const reference = Array.from({ length: 1 + (i % 7) }, next).join('');
    if (/^[a-f0-9]{64}$/.test(reference)) continue;
    const whole = `${reference}@${digest}`;
    expect(imageTrouble(reference)).toBe(imageTrouble(whole));
    const image = parseImage(whole);
    expect(parseImage(reference)).toEqual(image && { ...image, digest: undefined });
  }
});

test('an image that is named like a property of all objects has no releases', () => {
  const image = { kind: 'image', repository: 'constructor', tag: '1' } as const;
  expect(releasesIn(image)).toEqual([]);
  expect(recommendedTag(image)).toBeUndefined();
});
