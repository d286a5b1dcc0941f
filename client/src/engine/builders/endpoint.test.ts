import { expect, test } from 'vitest';
import { endpointOf } from './endpoint.ts';

const at = (endpoint: string, options: Readonly<Record<string, string>> = {}) =>
  endpointOf({ name: 'n', endpoint, platforms: [], options });

test.each([
  ['tcp://buildkit.example.com:1234', { kind: 'tcp', host: 'buildkit.example.com', port: 1234 }],
  ['tcp://[::1]:80', { kind: 'tcp', host: '::1', port: 80 }],
  ['TCP://10.0.0.7:1234/', { kind: 'tcp', host: '10.0.0.7', port: 1234 }],
  ['unix:///run/buildkit/buildkitd.sock', { kind: 'socket', path: '/run/buildkit/buildkitd.sock' }],
  ['docker-container://buildkitd', { kind: 'container', name: 'buildkitd' }],
  ['docker-container://b_1?context=box', { kind: 'container', name: 'b_1', context: 'box' }],
])('reads %s', (endpoint, expected) => {
  expect(at(endpoint)).toEqual(expected);
});

test.each([
  ['a certificate', { cacert: '/ca.pem' }, { ca: '/ca.pem' }],
  ['all files', { cacert: '/ca', cert: '/c', key: '/k' }, { ca: '/ca', cert: '/c', key: '/k' }],
  ['a server name', { servername: 'b' }, { servername: 'b' }],
  ['no options', { cacert: '', timeout: '30s' }, undefined],
])('reads the TLS options for %s', (_, options, tls) => {
  expect(at('tcp://h:1', options)).toEqual({
    kind: 'tcp',
    host: 'h',
    port: 1,
    ...(tls && { tls }),
  });
});

test.each([
  '',
  'tcp://',
  'tcp://host',
  'tcp://host:0',
  'tcp://me@host:1',
  'tcp://ho\nst:1',
  'unix://relative',
  'docker-container://-x',
  'ssh://me@box',
  'constructor',
])('reports %j', (endpoint) => {
  expect(() => at(endpoint)).toThrow('is not supported; use tcp://host:port or unix:///path');
});
