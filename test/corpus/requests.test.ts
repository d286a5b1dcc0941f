/**
 * Every request at random places of real Dockerfiles that are cut off there, as while somebody types: none is answered
 * with an error, none is slow. A few files of them; DRYDOCK_REQUESTS=all asks at 50 places of 100 files.
 */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { effortOf } from '../effort.ts';
import {
  createConnection,
  LogMessageNotification,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { rules } from '../../server/src/rules/index.ts';
import { serve } from '../../server/src/lsp/serve.ts';
import { lines, type Position } from '../../server/src/text/lines.ts';
import { able, editor } from '../lsp-client.ts';
import { numbersBelow } from './mutations.ts';
import { texts } from './texts.ts';

const all = process.env['DRYDOCK_REQUESTS'] === 'all';
const [fileCount, placeCount] = all ? [100, 50] : [12, 8];
/** Milliseconds, the way through the connection included. */
const patience = 50;
const options = { tabSize: 4, insertSpaces: true };

interface Place {
  readonly uri: string;
  readonly position: Position;
}

/** What is asked at a place, by method. */
function requests({ uri, position }: Place): readonly (readonly [string, object])[] {
  const textDocument = { uri };
  const at = { textDocument, position };
  const range = { start: { line: Math.max(0, position.line - 3), character: 0 }, end: position };
  const context = { diagnostics: [] };
  return [
    ['textDocument/completion', at],
    ['textDocument/hover', at],
    ['textDocument/signatureHelp', at],
    ['textDocument/definition', at],
    ['textDocument/references', { ...at, context: { includeDeclaration: true } }],
    ['textDocument/documentHighlight', at],
    ['textDocument/prepareRename', at],
    ['textDocument/prepareCallHierarchy', at],
    ['textDocument/documentSymbol', { textDocument }],
    ['textDocument/foldingRange', { textDocument }],
    ['textDocument/selectionRange', { textDocument, positions: [position] }],
    ['textDocument/documentLink', { textDocument }],
    ['textDocument/inlayHint', { textDocument, range }],
    ['textDocument/semanticTokens/full', { textDocument }],
    ['textDocument/semanticTokens/range', { textDocument, range }],
    ['textDocument/diagnostic', { textDocument }],
    ['textDocument/codeAction', { textDocument, range, context }],
    [
      'textDocument/codeAction',
      { textDocument, range: { start: position, end: position }, context },
    ],
    ['textDocument/codeAction', { textDocument, range, context: { ...context, only: ['source'] } }],
    ['textDocument/formatting', { textDocument, options }],
    ['textDocument/rangeFormatting', { textDocument, range, options }],
    ['textDocument/onTypeFormatting', { ...at, ch: '\n', options }],
  ];
}

/** Milliseconds of the second answer where the first was slow: a machine has other things to do, too. */
async function timed(
  connection: ProtocolConnection,
  method: string,
  params: object,
): Promise<number> {
  for (let least = Infinity, i = 0; ; i++) {
    const took = await effortOf(() => connection.sendRequest(method, params));
    least = Math.min(least, took);
    if (least <= patience || i === 2) return least;
  }
}

/** The methods that take too long at a place; those that fail are noted. */
async function slowAt(
  connection: ProtocolConnection,
  place: Place,
  failed: string[],
): Promise<readonly string[]> {
  const slow: string[] = [];
  for (const [method, params] of requests(place)) {
    const passed = await timed(connection, method, params).catch((error: unknown) => {
      failed.push(`${method}: ${String(error)}`);
      return 0;
    });
    if (passed > patience) slow.push(`${method} ${passed.toFixed(0)} ms`);
  }
  return slow;
}

test(
  'no request fails or is slow, wherever a file ends',
  { timeout: all ? 1_200_000 : 120_000 },
  async () => {
    const failed: string[] = [];
    const up = new PassThrough();
    const down = new PassThrough();
    const served = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
    serve(served, {
      files: { read: () => Promise.resolve(undefined) },
      rules: () => Promise.resolve(rules),
    });
    const one = await editor(
      down,
      up,
      able,
      (connection) =>
        void connection.onNotification(LogMessageNotification.type, ({ message }) => {
          failed.push(message);
        }),
    );
    const below = numbersBelow(23);
    const slow: string[] = [];
    const uri = 'untitled:Dockerfile';
    const usual = texts.filter(({ length }) => length > 200 && length < 40_000);
    for (let file = 0; file < fileCount; file++) {
      const text = usual[Math.floor((file * usual.length) / fileCount)] ?? '';
      for (let i = 0; i < placeCount; i++) {
        const cut = text.slice(0, below(text.length + 1));
        await one.open(uri, cut);
        const position = lines(cut).positionAt(cut.length);
        slow.push(
          ...(await slowAt(one.connection, { uri, position }, failed)).map(
            (what) => `${what}: …${cut.slice(-80)}`,
          ),
        );
        await one.close(uri);
      }
    }
    await one.quit({ exit: false });
    expect(failed).toEqual([]);
    expect(slow).toEqual([]);
  },
);
