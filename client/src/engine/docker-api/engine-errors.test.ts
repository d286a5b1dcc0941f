import { expect, test } from 'vitest';
import type { Address } from '../address.ts';
import type { Environment } from '../docker-cli/config-file.ts';
import type { Endpoint } from '../address.ts';
import { EngineError } from '../errors.ts';
import { toEngineError } from './engine-errors.ts';

const environment: Environment = { env: {}, home: '/nowhere', platform: 'win32' };
const socket = address({ kind: 'socket', path: '/x.sock' }, 'unix:///x.sock');
const remote = address({ kind: 'tcp', host: 'box', port: 1 }, 'tcp://box:1');

function address(endpoint: Endpoint, url: string): Address {
  return { endpoint, url, source: 'default' };
}

function answer(statusCode: number, message: string): Error {
  const error = new Error(`(HTTP code ${statusCode}) no such container - ${message} `);
  return Object.assign(error, { statusCode, json: { message } });
}

function errno(code: string): Error {
  return Object.assign(new Error(`connect ${code} /x.sock`), { code });
}

test.each<[string, Error, Address, Partial<EngineError>]>([
  [
    '404',
    answer(404, 'No such container: x'),
    socket,
    { kind: 'missing', message: 'No such container: x' },
  ],
  ['409', answer(409, 'in use'), socket, { kind: 'conflict', message: 'in use' }],
  ['400', answer(400, 'bad parameter'), socket, { kind: 'failed', message: 'bad parameter' }],
  ['500 of Podman', answer(500, 'x: container state improper'), socket, { kind: 'conflict' }],
  ['nothing installed', errno('ENOENT'), socket, { kind: 'not-installed' }],
  ['connection refused', errno('ECONNREFUSED'), socket, { kind: 'not-running' }],
  ['connection reset', errno('ECONNRESET'), socket, { kind: 'not-running' }],
  ['permission denied', errno('EACCES'), socket, { kind: 'denied' }],
  ['remote', errno('ECONNREFUSED'), remote, { kind: 'unreachable' }],
  ['unknown host', errno('ENOTFOUND'), remote, { kind: 'unreachable' }],
  ['no code', new Error('odd'), socket, { kind: 'failed', message: 'odd' }],
])('maps an error: %s', async (_, error, at, expected) => {
  const mapped = await toEngineError(error, at, undefined, environment);
  expect(mapped).toBeInstanceOf(EngineError);
  expect(mapped).toMatchObject(expected);
});

test('uses the message of dockerode without its prefix when the response has no body', async () => {
  const error = Object.assign(new Error('(HTTP code 500) server error - it broke '), {
    statusCode: 500,
    json: null,
  });
  expect((await toEngineError(error, socket, undefined, environment)).message).toBe('it broke');
});

test('maps any error to cancelled after an abort', async () => {
  const mapped = await toEngineError(errno('ECONNRESET'), socket, AbortSignal.abort(), environment);
  expect(mapped.kind).toBe('cancelled');
});

test('does not change an EngineError', async () => {
  const own = new EngineError('unreachable', 'Permission denied (publickey)');
  expect(await toEngineError(own, remote, undefined, environment)).toBe(own);
});
