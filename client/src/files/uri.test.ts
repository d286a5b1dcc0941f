import { expect, test } from 'vitest';
import type { FilePlace } from '../engine/files/place.ts';
import { parseUriPath, uriPath } from './uri.ts';

const container = (name: string): FilePlace => ({ kind: 'container', id: '0123456789ab', name });

const engines = ['default', 'unix:///run/docker.sock', 'ssh://me@box:22', 'tcp://[::1]:2375', '..', '~1', 'a%2Fb']; // prettier-ignore

test.each(engines)('reads the address of a file on %j as it was written', (engine) => {
  const address = { engine, place: container('web'), path: '/srv/100%/~1' };
  expect(parseUriPath(uriPath(address))).toEqual(address);
});

test.each(engines)('writes a path on %j that percent-decoding does not change', (engine) => {
  const text = uriPath({ engine, place: container('web'), path: '/srv' });
  expect(decodeURIComponent(text)).toBe(text);
  expect(text.split('/')).toHaveLength(5);
});

test('reads addresses with the escapes of earlier versions', () => {
  const text = '/unix:%2F%2F%2Frun%2Fdocker.sock/images/local%2Fshop:dev@0123456789ab/etc';
  expect(parseUriPath(text)).toEqual({
    engine: 'unix:///run/docker.sock',
    place: { kind: 'image', id: '0123456789ab', name: 'local/shop:dev' },
    path: '/etc',
  });
});

test.each(['', '/', '/default', '/default/containers/web', '/default/other/web@1/x'])(
  'refuses %j',
  (text) => expect(parseUriPath(text)).toBeUndefined(),
);
