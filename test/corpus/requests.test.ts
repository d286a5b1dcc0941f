/**
 * Sends every request at random places of real Dockerfiles that are cut off there, as while typing: none fails and none
 * is slow. Uses a few files; DRYDOCK_REQUESTS=all uses 50 places in each of 100 files.
 */
import { expect, test } from 'vitest';
import { asyncCpuTime } from '../cpu-time.ts';
import {
  LogMessageNotification,
  LSPErrorCodes,
  RegistrationRequest,
  ResponseError,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { rules } from '../../server/src/rules/index.ts';
import { lines } from '../../server/src/text/lines.ts';
import { defaultCapabilities, startClient, type LspClient } from '../lsp-client.ts';
import { serving } from '../lsp-session.ts';
import { createRandomIntegers } from './mutations.ts';
import { requests, untestedCapabilities, type RequestCall, type Place } from './requests.ts';
import { texts } from './texts.ts';

const all = process.env['DRYDOCK_REQUESTS'] === 'all';
const [fileCount, placeCount] = all ? [100, 50] : [12, 8];
/** Milliseconds of CPU time for a request, including the connection. */
const maxTime = 50;
interface Measured {
  readonly answer: unknown;
  readonly took: number;
}

/** Repeats a slow request up to three times and returns the shortest time, as the machine may be busy. */
async function measure(
  connection: ProtocolConnection,
  [method, params]: RequestCall,
): Promise<Measured> {
  let answer: unknown;
  for (let least = Infinity, i = 0; ; i++) {
    const took = await asyncCpuTime(async () => {
      answer = await connection.sendRequest(method, params);
    });
    least = Math.min(least, took);
    if (least <= maxTime || i === 2) return { answer, took: least };
  }
}

interface Found {
  /** Failed requests with their errors. */
  readonly failed: string[];
  readonly slow: string[];
  readonly asked: Set<string>;
}

/** Sends all requests for a place, and the requests that follow from their answers. */
async function sendAll(
  { connection, initialized: { capabilities } }: LspClient,
  place: Place,
  { failed, slow, asked }: Found,
): Promise<void> {
  const waiting = [...requests(capabilities, place)];
  for (const [one, next] of waiting) {
    asked.add(one[0]);
    const { answer, took } = await measure(connection, one).catch((error: unknown) => {
      // An invalid name is rejected with an error, as the protocol requires.
      if (!(one[0] === 'textDocument/rename' && isRejection(error)))
        failed.push(`${one[0]}: ${String(error)}`);
      return { answer: null, took: 0 };
    });
    if (took > maxTime) slow.push(`${one[0]} ${took.toFixed(0)} ms`);
    if (next) waiting.push(...next(answer, place).map((it) => [it, undefined] as const));
  }
}

function isRejection(error: unknown): boolean {
  return error instanceof ResponseError && error.code === LSPErrorCodes.RequestFailed;
}

test(
  'no request fails or is slow, wherever a file ends',
  { timeout: all ? 3_000_000 : 300_000 },
  async () => {
    const found: Found = { failed: [], slow: [], asked: new Set() };
    const registered: string[] = [];
    const { up, down } = serving({ rules: () => Promise.resolve(rules) });
    const one = await startClient(
      down,
      up,
      {
        ...defaultCapabilities,
        textDocument: {
          ...defaultCapabilities.textDocument,
          codeLens: { dynamicRegistration: true },
        },
      },
      (connection) => {
        connection.onNotification(LogMessageNotification.type, ({ message }) => {
          found.failed.push(message);
        });
        connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
          registered.push(...registrations.map(({ method }) => method));
        });
      },
      { builds: 'now' },
    );
    const below = createRandomIntegers(23);
    const uri = 'untitled:Dockerfile';
    const typical = texts.filter(({ length }) => length > 200 && length < 40_000);
    for (let file = 0; file < fileCount; file++) {
      const text = typical[Math.floor((file * typical.length) / fileCount)] ?? '';
      for (let i = 0; i < placeCount; i++) {
        const cut = text.slice(0, below(text.length + 1));
        await one.open(uri, cut);
        const position = lines(cut).positionAt(cut.length);
        const before = found.slow.length;
        await sendAll(one, { uri, position }, found);
        for (let at = before; at < found.slow.length; at++)
          found.slow[at] = `${found.slow[at] ?? ''}: …${cut.slice(-80)}`;
        await one.close(uri);
      }
    }
    await one.quit({ exit: false });
    expect(found.failed).toEqual([]);
    expect(found.slow).toEqual([]);
    // Every capability of the server has a request in these tests.
    expect(registered).toContain('textDocument/codeLens');
    expect(untestedCapabilities(one.initialized.capabilities, registered)).toEqual([]);
    for (const method of [
      'completionItem/resolve',
      'textDocument/rename',
      'callHierarchy/incomingCalls',
      'callHierarchy/outgoingCalls',
    ])
      expect(found.asked).toContain(method);
  },
);
