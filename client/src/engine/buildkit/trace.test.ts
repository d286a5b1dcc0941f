import { parse } from 'protobufjs';
import { expect, test } from 'vitest';
import { Trace } from './trace.ts';

/** The part of BuildKit's message that these tests speak of. */
const message = parse(
  `syntax = "proto3";
  message StatusResponse { repeated Vertex vertexes = 1; repeated Log logs = 3; }
  message Vertex {
    string digest = 1; string name = 3; bool cached = 4;
    Timestamp started = 5; Timestamp completed = 6; string error = 7;
  }
  message Log { string vertex = 1; bytes msg = 4; }
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }`,
  { keepCase: true },
).root.lookupType('StatusResponse');

const said = (content: object): string =>
  Buffer.from(message.encode(message.fromObject(content)).finish()).toString('base64');

const vertex = { digest: 'a', name: '[1/1] RUN x', started: { seconds: 10 } };
const over = { ...vertex, completed: { seconds: 12, nanos: 500_000_000 } };

test('a step is told when it begins and when it ends, once each', () => {
  const trace = new Trace();
  const states = [vertex, vertex, over, over, vertex].flatMap((one) =>
    trace.events(said({ vertexes: [one] })),
  );
  expect(states).toEqual([
    { kind: 'step', id: 'a', name: '[1/1] RUN x', state: 'running' },
    { kind: 'step', id: 'a', name: '[1/1] RUN x', state: 'done', duration: 2500 },
  ]);
});

test.each([
  [over, 'done'],
  [{ ...over, error: 'exit code: 7' }, 'failed'],
])('a step that BuildKit tells of only when it is over has begun all the same', (one, state) => {
  const logs = [{ vertex: 'a', msg: Buffer.from('hello\n') }];
  const events = new Trace().events(said({ vertexes: [one], logs }));
  expect(events.map((event) => (event.kind === 'step' ? event.state : event.kind))).toEqual([
    'running',
    'log',
    state,
  ]);
});

test('a step whose result was there already did not run', () => {
  const events = new Trace().events(said({ vertexes: [{ ...over, cached: true }] }));
  expect(events).toMatchObject([{ state: 'cached' }]);
});
