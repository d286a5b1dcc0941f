import { parse } from 'protobufjs';
import { expect, test } from 'vitest';
import { Trace } from './trace.ts';

/** The part of the BuildKit message that these tests use. */
const message = parse(
  `syntax = "proto3";
  message StatusResponse { repeated Vertex vertexes = 1; repeated Log logs = 3; }
  message Vertex {
    string digest = 1; string name = 3; bool cached = 4;
    Timestamp started = 5; Timestamp completed = 6; string error = 7;
  }
  message Log { string vertex = 1; Timestamp timestamp = 2; bytes msg = 4; }
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }`,
  { keepCase: true },
).root.lookupType('StatusResponse');

const encode = (content: object): Uint8Array =>
  message.encode(message.fromObject(content)).finish();

const vertex = { digest: 'a', name: '[1/1] RUN x', started: { seconds: 10 } };
const completed = { ...vertex, completed: { seconds: 12, nanos: 500_000_000 } };

test('reports the start and the end of a step once each', () => {
  const trace = new Trace();
  const states = [vertex, vertex, completed, completed, vertex].flatMap((one) =>
    trace.events(encode({ vertexes: [one] })),
  );
  expect(states).toEqual([
    { kind: 'step', id: 'a', name: '[1/1] RUN x', state: 'running' },
    { kind: 'step', id: 'a', name: '[1/1] RUN x', state: 'done', duration: 2500 },
  ]);
});

test.each([
  [completed, 'done'],
  [{ ...completed, error: 'exit code: 7' }, 'failed'],
])('reports the start of a step that BuildKit reports only when it has ended', (one, state) => {
  const logs = [{ vertex: 'a', msg: Buffer.from('hello\n') }];
  const events = new Trace().events(encode({ vertexes: [one], logs }));
  expect(events.map((event) => (event.kind === 'step' ? event.state : event.kind))).toEqual([
    'running',
    'log',
    state,
  ]);
});

test('reports steps and their output in the order of time when one message has several', () => {
  const vertexes = [
    { digest: 'b', name: 'b', started: { seconds: 3 }, completed: { seconds: 4 } },
    { digest: 'a', name: 'a', started: { seconds: 1 }, completed: { seconds: 2 } },
  ];
  const logs = [
    { vertex: 'b', timestamp: { seconds: 3, nanos: 5 }, msg: Buffer.from('of b\n') },
    { vertex: 'a', timestamp: { seconds: 1, nanos: 5 }, msg: Buffer.from('of a\n') },
  ];
  const events = new Trace().events(encode({ vertexes, logs }));
  const facts = events.map((event) =>
    event.kind === 'step' ? `${event.id} ${event.state}` : event.kind === 'log' && event.text,
  );
  expect(facts).toEqual(['a running', 'of a\n', 'a done', 'b running', 'of b\n', 'b done']);
});

test('reports the end of a step after its output when the output has a later time', () => {
  const logs = [{ vertex: 'a', timestamp: { seconds: 20 }, msg: Buffer.from('late\n') }];
  const events = new Trace().events(encode({ vertexes: [completed], logs }));
  expect(events.map((event) => (event.kind === 'step' ? event.state : event.kind))).toEqual([
    'running',
    'log',
    'done',
  ]);
});

test('reports a cached step', () => {
  const events = new Trace().events(encode({ vertexes: [{ ...completed, cached: true }] }));
  expect(events).toMatchObject([{ state: 'cached' }]);
});

test('reports a step again that was started again', () => {
  const trace = new Trace();
  const again = { ...vertex, started: { seconds: 20 } };
  const states = [completed, again, { ...again, completed: { seconds: 21 } }]
    .flatMap((one) => trace.events(encode({ vertexes: [one] })))
    .map((event) => event.kind === 'step' && [event.state, event.duration]);
  expect(states).toEqual([
    ['running', undefined],
    ['done', 2500],
    ['running', undefined],
    ['done', 1000],
  ]);
});

test('reports a step that was stopped as canceled', () => {
  const trace = new Trace();
  const error = 'process did not complete: context canceled';
  trace.events(
    encode({
      vertexes: [
        { ...completed, error },
        { ...vertex, digest: 'b' },
      ],
    }),
  );
  expect(trace.steps.map(({ state }) => state)).toEqual(['canceled', 'running']);
  expect(trace.end()).toMatchObject([{ id: 'b', state: 'canceled' }]);
});

test('joins characters that are divided between two messages', () => {
  const trace = new Trace();
  const [first, second] = [Buffer.from('é\n').subarray(0, 1), Buffer.from('é\n').subarray(1)];
  const texts = [first, second].flatMap((msg) =>
    trace.events(encode({ logs: [{ vertex: 'a', msg }] })),
  );
  expect(texts).toEqual([{ kind: 'log', id: 'a', text: 'é\n' }]);
});
