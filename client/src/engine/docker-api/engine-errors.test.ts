import { expect, test } from 'vitest';
import type { Address } from '../address.ts';
import type { Surroundings } from '../docker-cli/config-file.ts';
import type { Place } from '../address.ts';
import { EngineError } from '../errors.ts';
import { trouble } from './engine-errors.ts';

const bare: Surroundings = { env: {}, home: '/nowhere', platform: 'win32' };
const socket = address({ kind: 'socket', path: '/x.sock' }, 'unix:///x.sock');
const remote = address({ kind: 'tcp', host: 'box', port: 1 }, 'tcp://box:1');

function address(place: Place, url: string): Address {
  return { place, url, source: 'default' };
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
  ['nobody listens', errno('ECONNREFUSED'), socket, { kind: 'not-running' }],
  ['went away', errno('ECONNRESET'), socket, { kind: 'not-running' }],
  ['not ours', errno('EACCES'), socket, { kind: 'denied' }],
  ['remote', errno('ECONNREFUSED'), remote, { kind: 'unreachable' }],
  ['unknown host', errno('ENOTFOUND'), remote, { kind: 'unreachable' }],
  ['no code', new Error('odd'), socket, { kind: 'failed', message: 'odd' }],
])('%s', async (_, error, at, expected) => {
  const told = await trouble(error, at, undefined, bare);
  expect(told).toBeInstanceOf(EngineError);
  expect(told).toMatchObject(expected);
});

test('without a body the words of dockerode are left, without its code', async () => {
  const error = Object.assign(new Error('(HTTP code 500) server error - it broke '), {
    statusCode: 500,
    json: null,
  });
  expect((await trouble(error, socket, undefined, bare)).message).toBe('it broke');
});

test('what was aborted is cancelled, whatever it looks like', async () => {
  const told = await trouble(errno('ECONNRESET'), socket, AbortSignal.abort(), bare);
  expect(told.kind).toBe('cancelled');
});

test('our own error stays', async () => {
  const own = new EngineError('unreachable', 'Permission denied (publickey)');
  expect(await trouble(own, remote, undefined, bare)).toBe(own);
});
