import { expect, test } from 'vitest';
import type { Address } from '../address.ts';
import type { Environment } from '../docker-cli/config-file.ts';
import type { Endpoint } from '../address.ts';
import { EngineError } from '../errors.ts';
import { errorResponse, toEngineError } from './engine-errors.ts';

const environment: Environment = { env: {}, home: '/nowhere', platform: 'win32' };
const socket = address({ kind: 'socket', path: '/x.sock' }, 'unix:///x.sock');
const remote = address({ kind: 'tcp', host: 'box', port: 1 }, 'tcp://box:1');

function address(endpoint: Endpoint, url: string): Address {
  return { endpoint, url, source: 'default' };
}

function errno(code: string): Error {
  return Object.assign(new Error(`connect ${code} /x.sock`), { code });
}

test.each<[string, Error, Address, Partial<EngineError>]>([
  ['nothing installed', errno('ENOENT'), socket, { kind: 'not-installed' }],
  ['connection refused', errno('ECONNREFUSED'), socket, { kind: 'not-running' }],
  ['connection reset', errno('ECONNRESET'), socket, { kind: 'not-running' }],
  ['permission denied', errno('EACCES'), socket, { kind: 'denied' }],
  ['remote', errno('ECONNREFUSED'), remote, { kind: 'unreachable' }],
  ['unknown host', errno('ENOTFOUND'), remote, { kind: 'unreachable' }],
  ['no code', new Error('odd'), socket, { kind: 'failed', message: 'odd' }],
])('maps an error: %s', async (_, error, at, expected) => {
  const mapped = await toEngineError(error, at, environment);
  expect(mapped).toBeInstanceOf(EngineError);
  expect(mapped).toMatchObject(expected);
});

test.each<[status: number, body: string, expected: Partial<EngineError>]>([
  [404, '{"message":"No such container: x"}', { kind: 'missing', message: 'No such container: x' }],
  [409, '{"message":"in use"}', { kind: 'conflict', message: 'in use' }],
  [400, '{"message":"bad parameter\\n"}', { kind: 'failed', message: 'bad parameter' }],
  [500, '{"message":"x: container state improper"}', { kind: 'conflict' }],
  [500, '{"message":"unauthorized: access denied"}', { kind: 'unauthorized' }],
  [500, 'it broke', { kind: 'failed', message: 'it broke' }],
])('reports the reason of a response with status %i: %s', (status, body, expected) => {
  expect(errorResponse(status, body, socket)).toMatchObject(expected);
});

test.each([
  [500, ''],
  [500, 'null'],
  [500, '{"message":null}'],
  [500, '{"message":{"a":1}}'],
  [500, '["x"]'],
  [404, '{"message":"No such con'],
])('reports a response with status %i without a reason: %s', (status, body) => {
  const { message } = errorResponse(status, body, socket);
  expect(message).toBe(`The engine reported an error without a reason (HTTP status ${status})`);
});

test.each([
  [502, '<html><h1>Bad Gateway</h1>'],
  [302, ''],
  [301, '{"message":"moved"}'],
])('reports that a web server with status %i is not an engine', (status, body) => {
  const { message } = errorResponse(status, body, remote);
  expect(message).toBe(
    `tcp://box:1 is not a Docker engine: it responded with HTTP status ${status}`,
  );
});

test('does not change an EngineError', async () => {
  const own = new EngineError('unreachable', 'Permission denied (publickey)');
  expect(await toEngineError(own, remote, environment)).toBe(own);
});
