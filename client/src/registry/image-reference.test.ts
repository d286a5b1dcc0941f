import { expect, test } from 'vitest';
import { referenceError, withTag } from './image-reference.ts';

test.each([
  'nginx',
  'python:3.13-slim',
  'localhost:5000/a/b:c',
  'ghcr.io/org/app@sha256:' + 'a'.repeat(64),
  'a__b.c--d/e_f:V1_.x-',
])('accepts the image name %s', (name) => {
  expect(referenceError(name)).toBeUndefined();
});

test.each([
  ['', 'Enter an image name, such as python:3.13-slim.'],
  ['nginx 1', 'An image name cannot contain spaces.'],
  ['nginx：1', 'An image name cannot contain `：`.'],
  ['Nginx:1', 'An image name must be lowercase: nginx:1'],
  ['nginx:', 'Enter a tag after the colon.'],
  ['nginx@sha256:12', 'A digest must be sha256: followed by 64 hexadecimal digits.'],
  ['a..b', 'An image name must consist of lowercase letters and digits, separated by . _ or -'],
])('reports an invalid image name: %s', (name, message) => {
  expect(referenceError(name)).toBe(message);
});

test.each([
  ['nginx', 'nginx:latest'],
  ['localhost:5000/nginx', 'localhost:5000/nginx:latest'],
  ['nginx:1', 'nginx:1'],
  [' nginx ', 'nginx:latest'],
])('adds the default tag: %s becomes %s', (typed, reference) => {
  expect(withTag(typed)).toBe(reference);
});
