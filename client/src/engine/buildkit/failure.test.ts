import { expect, test } from 'vitest';
import { cleanMessage, failureOf } from './failure.ts';
import { GrpcError } from './grpc/status.ts';

test.each([
  [
    'failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 3: unknown instruction: FOO',
    'dockerfile parse error line 3: unknown instruction: FOO',
  ],
  ['failed to compute cache key: "/a" not found: not found', '"/a": not found'],
  [
    'failed to compute cache key: failed to calculate checksum of ref abc::def: "/a": not found',
    '"/a": not found',
  ],
  [
    'rpc error: code = Unknown desc = executor failed running [x]: exit code: 7',
    'executor failed running [x]: exit code: 7',
  ],
  ['secret nope not found: not found', 'secret nope: not found'],
  ['target stage "zzz" could not be found', 'target stage "zzz" could not be found'],
])('reports the reason in %j without the calls before it', (message, expected) => {
  expect(cleanMessage(message)).toBe(expected);
});

const step = (id: string, state: 'done' | 'failed' | 'canceled', error?: string) =>
  ({ kind: 'step', id, name: id, state, ...(error !== undefined && { error }) }) as const;

test('reports the step whose error is the reason, and not one that was stopped', () => {
  const steps = [
    step('a', 'done'),
    step('b', 'canceled', 'context canceled'),
    step('c', 'failed', 'executor failed running [y]: exit code: 3'),
    step('d', 'failed', 'executor failed running [x]: exit code: 7'),
  ];
  const failure = failureOf(new GrpcError(2, 'executor failed running [x]: exit code: 7'), steps);
  expect(failure).toMatchObject({ exitCode: 7, step: { id: 'd' }, sources: [] });
});

test('explains an output that the engine does not support', () => {
  const { message } = failureOf(new GrpcError(2, 'exporter "oci" could not be found'), []);
  expect(message).toBe('This builder does not support outputs of type oci');
});

test('ignores details that are not valid', () => {
  const error = new GrpcError(2, 'reason', Buffer.from([0x0a, 0xff, 0xff]));
  expect(failureOf(error, [])).toEqual({ message: 'reason', sources: [] });
});
