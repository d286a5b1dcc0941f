/** Requests about a place or a range of a document. */
import { describe, expect, test } from 'vitest';
import {
  DefinitionRequest,
  DidChangeConfigurationNotification,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  SelectionRangeRequest,
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  SignatureHelpRequest,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import { defaultCapabilities, applyTextEdits, type LspClient } from '../../../test/lsp-client.ts';
import { noSudo, range, session, type Session } from '../../../test/lsp-session.ts';

const uri = 'untitled:Dockerfile';
const text = 'FROM a AS b\nRUN sudo ls\nFROM b\n';
const at = { textDocument: { uri }, position: { line: 2, character: 6 } };

/** An editor, and a server with one rule. */
function start(one: Session = {}): Promise<LspClient> {
  return session({ rules: () => Promise.resolve([noSudo]), ...one });
}

describe('requests', () => {
  test('hover', async () => {
    const one = await start();
    await one.open(uri, text);
    const found = await one.connection.sendRequest(HoverRequest.type, at);
    expect(found).toMatchObject({ range: range(2, 5, 2, 6), contents: { kind: 'markdown' } });
  });
  test('documentSymbol, nested or flat', async () => {
    const params = { textDocument: { uri } };
    const one = await start();
    await one.open(uri, text);
    const nested = await one.connection.sendRequest(DocumentSymbolRequest.type, params);
    expect(nested).toMatchObject([{ name: 'b', children: [{ name: 'RUN' }] }, { name: 'b' }]);
    const other = await start({ capabilities: {} });
    await other.open(uri, text);
    const flat = await other.connection.sendRequest(DocumentSymbolRequest.type, params);
    expect(flat).toMatchObject([
      { name: 'b', location: { uri } },
      { name: 'RUN', containerName: 'b' },
      { name: 'b' },
    ]);
  });
  test('foldingRange', async () => {
    const one = await start();
    await one.open(uri, text);
    const folds = await one.connection.sendRequest(FoldingRangeRequest.type, {
      textDocument: { uri },
    });
    expect(folds).toEqual([{ startLine: 0, endLine: 1 }]);
  });
  test('definition, references, documentHighlight', async () => {
    const one = await start();
    await one.open(uri, text);
    const made = range(0, 10, 0, 11);
    const used = range(2, 5, 2, 6);
    expect(await one.connection.sendRequest(DefinitionRequest.type, at)).toEqual([
      { uri, range: made },
    ]);
    const context = { includeDeclaration: true };
    const all = await one.connection.sendRequest(ReferencesRequest.type, { ...at, context });
    expect(all?.map((it) => it.range)).toEqual([made, used]);
    const marked = await one.connection.sendRequest(DocumentHighlightRequest.type, at);
    expect(marked).toEqual([
      { range: made, kind: 3 },
      { range: used, kind: 2 },
    ]);
  });
  test('a rename asks about places where another program reads the name, or is refused', async () => {
    const quoted = `FROM a\nENV V=1\nRUN echo $V && python -c "os.environ['V']"\n`;
    const params = {
      textDocument: { uri },
      position: { line: 1, character: 4 },
      newName: 'W',
    };
    const workspaceEdit = { documentChanges: true, changeAnnotationSupport: {} };
    const capabilities = {
      ...defaultCapabilities,
      workspace: { ...defaultCapabilities.workspace, workspaceEdit },
    };
    const one = await start({ capabilities });
    await one.open(uri, quoted);
    const found = await one.connection.sendRequest(RenameRequest.type, params);
    const annotation = { label: 'Another program reads `V` on line 3', needsConfirmation: true };
    expect(found?.changeAnnotations).toEqual({ '0': annotation });
    const [change] = (found?.documentChanges ?? []) as TextDocumentEdit[];
    expect(change?.edits.map((edit) => 'annotationId' in edit)).toEqual([false, false, true]);
    const other = await start();
    await other.open(uri, quoted);
    await expect(other.connection.sendRequest(RenameRequest.type, params)).rejects.toThrow(
      'Another program reads `V` on line 3',
    );
  });
  test('prepareRename answers why a name cannot be changed', async () => {
    const one = await start();
    await one.open(uri, 'FROM a\nENV PATH=/x:$PATH\n');
    const params = { textDocument: { uri }, position: { line: 1, character: 5 } };
    await expect(one.connection.sendRequest(PrepareRenameRequest.type, params)).rejects.toThrow(
      '`PATH` is read by programs',
    );
  });
  test('prepareRename and rename, which answers an invalid name with an error', async () => {
    const one = await start();
    await one.open(uri, text);
    expect(await one.connection.sendRequest(PrepareRenameRequest.type, at)).toEqual(
      range(2, 5, 2, 6),
    );
    const answer = await one.connection.sendRequest(RenameRequest.type, { ...at, newName: 'c' });
    const [change] = answer?.documentChanges as TextDocumentEdit[];
    expect(change?.textDocument).toEqual({ uri, version: 1 });
    expect(applyTextEdits(text, change!.edits as never)).toBe('FROM a AS c\nRUN sudo ls\nFROM c\n');
    const refused = one.connection.sendRequest(RenameRequest.type, { ...at, newName: 'B b' });
    await expect(refused).rejects.toThrow('lowercase letter');
  });
});

describe('reading', () => {
  test('signature help, but not for every space in a script', async () => {
    const one = await start();
    await one.open(uri, 'FROM a\nRUN echo a b');
    const ask = async (character: number, triggerKind: 1 | 2): Promise<unknown> => {
      const answer = await one.connection.sendRequest(SignatureHelpRequest.type, {
        textDocument: { uri },
        position: { line: 1, character },
        context: { triggerKind, isRetrigger: false },
      });
      return answer?.signatures[answer.activeSignature ?? 0]?.label;
    };
    expect(await ask(4, 2)).toBe('RUN [OPTIONS] <command>');
    expect(await ask(11, 2)).toBeUndefined();
    expect(await ask(11, 1)).toBe('RUN [OPTIONS] <command>');
  });
  test('selection ranges for each position', async () => {
    const one = await start();
    await one.open(uri, text);
    const [first, second] =
      (await one.connection.sendRequest(SelectionRangeRequest.type, {
        textDocument: { uri },
        positions: [
          { line: 0, character: 5 },
          { line: 1, character: 5 },
        ],
      })) ?? [];
    expect(first).toMatchObject({ range: range(0, 5, 0, 6) });
    expect(second).toMatchObject({
      range: range(1, 4, 1, 8),
      parent: { range: range(1, 4, 1, 11) },
    });
  });
  test('links', async () => {
    const one = await start();
    await one.open(uri, 'FROM node:22\n');
    const links = await one.connection.sendRequest(DocumentLinkRequest.type, {
      textDocument: { uri },
    });
    expect(links).toEqual([{ range: range(0, 5, 0, 12), target: 'https://hub.docker.com/_/node' }]);
  });
  test('inlay hints, unless the settings disable them', async () => {
    const one = await start();
    await one.open(uri, 'ARG V=1\nFROM a:$V\n');
    const ask = (): Promise<unknown> =>
      one.connection.sendRequest(InlayHintRequest.type, {
        textDocument: { uri },
        range: range(0, 0, 2, 0),
      });
    expect(await ask()).toEqual([
      { position: { line: 1, character: 9 }, label: 'a:1', paddingLeft: true },
    ]);
    await one.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: { drydock: { hints: { fromArguments: false } } },
    });
    expect(await ask()).toEqual([]);
  });
  test('semantic tokens: full, delta and range', async () => {
    const one = await start();
    const textDocument = { uri };
    await one.open(uri, 'FROM a\nRUN ls é -a\n');
    const full = await one.connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    expect(full?.data).toEqual(
      [
        [0, 0, 4, 0, 0],
        [1, 0, 3, 0, 0],
        [0, 4, 2, 10, 2],
        [0, 5, 2, 1, 2],
      ].flat(),
    );
    await one.change(uri, [{ range: range(1, 9, 1, 11), text: '-all' }]);
    const changed = await one.connection.sendRequest(SemanticTokensDeltaRequest.type, {
      textDocument,
      previousResultId: full?.resultId ?? '',
    });
    expect(changed).toMatchObject({ edits: [{ start: 17, deleteCount: 1, data: [4] }] });
    const part = await one.connection.sendRequest(SemanticTokensRangeRequest.type, {
      textDocument,
      range: range(0, 0, 1, 0),
    });
    expect(part?.data).toEqual([0, 0, 4, 0, 0]);
  });
  test('semantic tokens of a very long document: its beginning, and any range', async () => {
    const one = await start();
    const textDocument = { uri };
    const lines = 50_000;
    await one.open(uri, `FROM a\n${'RUN ls\n# b\n'.repeat(lines)}`);
    const full = await one.connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    const last = (full?.data ?? []).filter((_, i) => i % 5 === 0).reduce((sum, down) => sum + down);
    expect(last).toBeGreaterThan(30_000);
    expect(last).toBeLessThan(2 * lines);
    const part = await one.connection.sendRequest(SemanticTokensRangeRequest.type, {
      textDocument,
      range: range(2 * lines, 0, 2 * lines, 3),
    });
    expect(part?.data).toEqual([2 * lines, 0, 3, 7, 0]);
  });
  test('semantic tokens in UTF-8 for a client that uses it', async () => {
    const one = await start({
      capabilities: { ...defaultCapabilities, general: { positionEncodings: ['utf-8'] } },
    });
    await one.open(uri, 'FROM a\nRUN ls é -a\n');
    const full = await one.connection.sendRequest(SemanticTokensRequest.type, {
      textDocument: { uri },
    });
    expect(full?.data.slice(-5)).toEqual([0, 6, 2, 1, 2]);
  });
});
