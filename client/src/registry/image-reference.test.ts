import { expect, test } from 'vitest';
import { referenceTrouble, withTag } from './image-reference.ts';

test.each([
  'nginx',
  'python:3.13-slim',
  'localhost:5000/a/b:c',
  'ghcr.io/org/app@sha256:' + 'a'.repeat(64),
  'a__b.c--d/e_f:V1_.x-',
])('%s is an image name', (name) => {
  expect(referenceTrouble(name)).toBeUndefined();
});

test.each([
  ['', 'An image has a name, such as python:3.13-slim.'],
  ['nginx 1', 'An image name holds no spaces.'],
  ['nginx：1', '`：` cannot stand in an image name.'],
  ['Nginx:1', 'The name is lower case: nginx:1'],
  ['nginx:', 'A tag follows the colon.'],
  ['nginx@sha256:12', 'A digest is sha256: and 64 hexadecimal digits.'],
  ['a..b', 'Names are lower-case letters, digits and single . _ - between them.'],
])('%s: %s', (name, trouble) => {
  expect(referenceTrouble(name)).toBe(trouble);
});

test.each([
  ['nginx', 'nginx:latest'],
  ['localhost:5000/nginx', 'localhost:5000/nginx:latest'],
  ['nginx:1', 'nginx:1'],
  [' nginx ', 'nginx:latest'],
])('%s is %s', (typed, reference) => {
  expect(withTag(typed)).toBe(reference);
});
