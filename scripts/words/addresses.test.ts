import { expect, test } from 'vitest';
import { badAddresses } from './addresses.mts';

const found = (text: string, isTest = false) =>
  badAddresses('x', text, isTest).map(({ address }) => address);

test('reports addresses of the project, in tests too', () => {
  const ours = 'https://github.com/drydock/drydock/blob/main/docs/rules/x.md';
  expect(found(`[More](${ours}).`)).toEqual([ours]);
  expect(found(ours, true)).toEqual([ours]);
});

test('reports addresses that are not listed, except in tests', () => {
  expect(found('see https://unlisted.org/a.')).toEqual(['https://unlisted.org/a']);
  expect(found('https://github.com/some/thing')).toEqual(['https://github.com/some/thing']);
  expect(found('https://unlisted.org/a', true)).toEqual([]);
});

test.each([
  'https://docs.docker.com/reference/dockerfile/',
  'https://downloads.example.org/tool.tar.gz»',
  'https://github.com/example/tool.git#v1.2.0',
  'http://localhost:8080/health',
  'https://${registry}/${repository}',
  'https://github.com/',
  'https://…',
])('does not report %s', (address) => {
  expect(found(address)).toEqual([]);
});
