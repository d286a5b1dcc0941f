/** Whatever an engine sends or does not send, each call ends with its result or one sentence, within its limit. */
import { afterAll, describe, expect, test } from 'vitest';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import { isEngineError } from '../../client/src/engine/errors.ts';
import { engineCalls, type EngineCall } from './engine-calls.ts';
import { withTimeout } from './contract.ts';
import { createFixture, connectRealEngine } from './real-engine.ts';
import { shortLimits } from './short-limits.ts';
import { record, replay, type Fault, type Listener, type Recordings } from './replay.ts';

const real = await connectRealEngine();
const socket = real?.address.endpoint.kind === 'socket' ? real.address.endpoint.path : undefined;

const json = (status: string, body: string) =>
  `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;

const replacements: readonly string[] = [
  ...['http://example.invalid/', '/v1.41/version', 'odd:place', '//', ''].map((location) =>
    json('302 Found', '').replace('\r\n\r\n', `\r\nLocation: ${location}\r\n\r\n`),
  ),
  json('200 OK', '<!DOCTYPE html><html><body>Welcome</body></html>'),
  json('502 Bad Gateway', '<html><h1>502</h1></html>'),
  ...['', 'null', '{}', '[]', '[null]', '[{}]', '3', '"x"', 'true', '{"message":null}'].map(
    (body) => json('200 OK', body),
  ),
  json('200 OK', '[{"Id":3,"Names":{"a":1},"Ports":"x","Created":1e300,"Labels":[null]}]'),
  json('200 OK', '{"Id":null,"Config":3,"Volumes":[null],"Running":"x","Titles":3,"aux":[]}'),
  json('200 OK', '['.repeat(20_000)),
  json('500 Internal Server Error', '{"message":null}'),
  json('500 Internal Server Error', ''),
  json('418 x', '[]'),
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[]',
  `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`,
  'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nhello',
  'SSH-2.0-OpenSSH_9.2\r\n',
  '\0\x01\x02',
];

/** Positions in a response at which faults differ: in its head, at its border, and in its body. */
function positionsIn(bytes: Buffer): readonly number[] {
  const head = bytes.indexOf('\r\n\r\n') + 4;
  const { length } = bytes;
  const all = [0, 1, head >> 1, head - 1, head, head + 1, (head + length) >> 1, length - 1];
  return [...new Set(all)].filter((at) => at >= 0 && at < length);
}

interface Outcome {
  readonly value?: unknown;
  readonly error?: unknown;
}

async function outcomeOf({ address }: Listener, call: EngineCall): Promise<Outcome> {
  const run = async (): Promise<unknown> => {
    const engine = await connect(await findAddress(address), shortLimits);
    return call.run(engine);
  };
  return withTimeout(run(), 'the call ends').then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

/** What is wrong with the error; undefined if it is an EngineError with a sentence. */
function faultOfError(error: unknown): string | undefined {
  if (!isEngineError(error))
    return error instanceof Error ? (error.stack ?? error.message) : 'not an error';
  const { message } = error;
  if (message.trim().length < 4) return `no sentence: ${JSON.stringify(message)}`;
  return /undefined|\[object|TypeError|SyntaxError|Unexpected|HTTP code|^aborted|JSON at/.test(
    message,
  )
    ? `not a sentence: ${message}`
    : undefined;
}

const fixture = real && socket !== undefined ? await createFixture(real) : undefined;
afterAll(() => fixture?.close());

describe.skipIf(!fixture)('an engine that answers wrongly or not at all', async () => {
  const calls = fixture ? await engineCalls(fixture) : [];
  const recorded = new Map<EngineCall, { recordings: Recordings; clean: Outcome }>();
  for (const call of calls) {
    const recordings: Recordings = new Map();
    const recorder = await record(socket ?? '', recordings);
    const engine = await connect(await findAddress(recorder.address));
    const clean = await call.run(engine).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    await recorder.close();
    const probe: Recordings = new Map();
    const other = await record(socket ?? '', probe);
    await (await connect(await findAddress(other.address))).version();
    await other.close();
    recorded.set(call, { recordings: new Map([...probe, ...recordings]), clean });
  }

  test.each(calls)('$name', async (call) => {
    const { recordings, clean } = recorded.get(call)!;
    const wrong: string[] = [];
    const tries: Promise<void>[] = [];
    const attempt = async (request: string, fault: Fault): Promise<void> => {
      const listener = await replay(recordings, fault, (one) => one === request);
      const { value, error } = await outcomeOf(listener, call);
      await listener.close();
      const told =
        error === undefined ? faultOfValue(call, fault, { value, clean }) : faultOfError(error);
      if (told !== undefined)
        wrong.push(`${request} ${JSON.stringify(fault).slice(0, 120)}: ${told}`);
    };
    // As a reference: what was recorded gives the same result again.
    await attempt('none', { kind: 'delayed', at: 0 });
    for (const [request, [recording]] of recordings) {
      if (request === 'HEAD /_ping' || (request === 'GET /version' && call.name !== 'version'))
        continue;
      for (const at of positionsIn(recording?.bytes ?? Buffer.alloc(0)))
        for (const kind of ['cut', 'truncated', 'corrupted', 'delayed', 'silent'] as const)
          tries.push(attempt(request, { kind, at }));
      for (const by of replacements) tries.push(attempt(request, { kind: 'replaced', by }));
    }
    await Promise.all(tries);
    expect(wrong).toEqual([]);
    expect(tries.length).toBeGreaterThan(10);
  });
});

/** A result in spite of the fault must be the right one, unless bytes were changed in a way that cannot be noticed. */
function faultOfValue(
  { open }: EngineCall,
  fault: Fault,
  { value, clean }: { readonly value: unknown; readonly clean: Outcome },
): string | undefined {
  if (fault.kind === 'corrupted' || fault.kind === 'replaced') return undefined;
  if (open === true && fault.kind !== 'delayed') return undefined;
  const [got, expected] = [value, clean.value].map((one) => JSON.stringify(one));
  return got === expected ? undefined : `resolved to ${got ?? ''} instead of ${expected ?? ''}`;
}
