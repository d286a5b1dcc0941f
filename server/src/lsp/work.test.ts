/** Refactorings, code lenses, the call hierarchy of stages, and edits for text that has changed. */
import { PassThrough } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, test } from 'vitest';
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  CodeActionRequest,
  CodeActionTriggerKind,
  CodeLensRefreshRequest,
  CodeLensRequest,
  ConfigurationRequest,
  createConnection,
  createProtocolConnection,
  DidChangeConfigurationNotification,
  DocumentDiagnosticRequest,
  DocumentFormattingRequest,
  InitializedNotification,
  InitializeRequest,
  RegistrationRequest,
  RenameRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CodeAction,
  type InitializeParams,
  type ProtocolConnection,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import {
  imageDigest,
  stageGraph,
  type StageGraph,
  trusted,
  type InitializationOptions,
} from '../../../contract/protocol.ts';
import { able, edited, editor, type Editor } from '../../../test/lsp-client.ts';
import { rules } from '../rules/index.ts';
import { serve } from './serve.ts';

const editors: Editor[] = [];
const connections: ProtocolConnection[] = [];
afterEach(async () => {
  await Promise.all(editors.splice(0).map((one) => one.quit({ exit: false })));
  for (const one of connections.splice(0)) one.dispose();
});

function server(): { readonly up: PassThrough; readonly down: PassThrough } {
  const up = new PassThrough();
  const down = new PassThrough();
  const connection = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  serve(connection, {
    files: { read: () => Promise.resolve(undefined) },
    rules: () => Promise.resolve(rules),
  });
  return { up, down };
}

async function start(
  capabilities: ClientCapabilities = able,
  prepare?: (connection: ProtocolConnection) => void,
): Promise<Editor> {
  const { up, down } = server();
  const one = await editor(down, up, capabilities, prepare);
  editors.push(one);
  return one;
}

const uri = 'file:///a/Dockerfile';
const place = (line: number, character: number) => ({ line, character });
const at = (line: number, character: number) => ({
  textDocument: { uri },
  position: place(line, character),
});

async function actions(
  one: Editor,
  [line, character]: readonly [number, number],
  context: { readonly only?: string[]; readonly triggerKind?: CodeActionTriggerKind } = {},
): Promise<readonly CodeAction[]> {
  const here = place(line, character);
  const answer = await one.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: { start: here, end: here },
    context: { diagnostics: [], ...context },
  });
  return (answer ?? []) as CodeAction[];
}

describe('refactorings', () => {
  const text = 'FROM alpine:3.22\nRUN a && b\nRUN c\n';
  test('are returned with the version of the document', async () => {
    const one = await start();
    await one.open(uri, text);
    const found = await actions(one, [1, 1], { only: ['refactor'] });
    const heredoc = found.find(({ title }) => title === 'Convert to heredoc');
    expect(heredoc?.kind).toBe('refactor.rewrite');
    const [change] = (heredoc?.edit?.documentChanges ?? []) as TextDocumentEdit[];
    expect(change?.textDocument).toEqual({ uri, version: 1 });
    expect(edited(text, (change?.edits ?? []) as never)).toBe(
      'FROM alpine:3.22\nRUN <<EOF\nset -e\na\nb\nEOF\nRUN c\n',
    );
  });
  test('are returned only for the requested kinds, and do not show the lightbulb automatically', async () => {
    const one = await start();
    await one.open(uri, text);
    expect(await actions(one, [0, 12], { only: ['refactor.inline'] })).toEqual([]);
    expect(await actions(one, [0, 12], { only: ['refactor.extract'] })).toHaveLength(1);
    const triggerKind = CodeActionTriggerKind.Automatic;
    expect(await actions(one, [1, 1], { triggerKind })).toEqual([]);
    const invoked = await actions(one, [1, 1], { triggerKind: CodeActionTriggerKind.Invoked });
    expect(invoked.length).toBeGreaterThan(1);
  });
  test('have the right range in UTF-8, and with several documents open', async () => {
    const one = await start({ ...able, general: { positionEncodings: ['utf-8'] } });
    await one.open('file:///b/Dockerfile', 'FROM b\n');
    await one.open(uri, 'FROM alpine:3.22\nRUN echo äöü && b\n');
    const found = await actions(one, [1, 17], { only: ['refactor.rewrite'] });
    const split = found.find(({ title }) => title === 'Split RUN here');
    const [change] = (split?.edit?.documentChanges ?? []) as TextDocumentEdit[];
    expect(change?.textDocument.uri).toBe(uri);
    expect(change?.edits).toEqual([
      { range: { start: place(1, 15), end: place(1, 19) }, newText: '\nRUN ' },
    ]);
  });
  test('do not repeat a quick fix', async () => {
    const one = await start();
    await one.open(uri, 'FROM alpine:3.22\nENV A b\n');
    const titles = (await actions(one, [1, 5])).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
  test('pin an image if the client has its digest', async () => {
    const digest = `sha256:${'ab'.repeat(32)}`;
    const one = await start(able, (connection) =>
      connection.onRequest(imageDigest, ({ name }) => (name === 'alpine:3.22' ? digest : null)),
    );
    await one.open(uri, text);
    const pinned = (await actions(one, [0, 12])).find(({ title }) => title.startsWith('Pin to'));
    expect(JSON.stringify(pinned?.edit)).toContain(`"@${digest}"`);
    expect(JSON.stringify(await actions(await start(), [0, 12]))).not.toContain('Pin to');
  });
});

describe('stages', () => {
  const text =
    'FROM a AS one\nFROM one AS two\nFROM b\nCOPY --from=two /x /\nCOPY --from=two /y /\n';
  test('call the stages that they copy from', async () => {
    const one = await start();
    await one.open(uri, text);
    const ask = one.connection;
    const [last] = (await ask.sendRequest(CallHierarchyPrepareRequest.type, at(2, 6))) ?? [];
    expect(last).toMatchObject({ name: 'stage 2', detail: 'b' });
    const out = await ask.sendRequest(CallHierarchyOutgoingCallsRequest.type, { item: last! });
    expect(out).toMatchObject([{ to: { name: 'two' } }]);
    expect(out?.[0]?.fromRanges.map(({ start }) => start)).toEqual([place(3, 12), place(4, 12)]);
    const up = await ask.sendRequest(CallHierarchyIncomingCallsRequest.type, { item: out![0]!.to });
    expect(up).toMatchObject([{ from: { name: 'stage 2' } }]);
    const [named] = (await ask.sendRequest(CallHierarchyPrepareRequest.type, at(1, 6))) ?? [];
    expect(named?.name).toBe('one');
  });
  test('are found by name after the text has changed, unless they were removed', async () => {
    const one = await start();
    await one.open(uri, text);
    const [first] =
      (await one.connection.sendRequest(CallHierarchyPrepareRequest.type, at(0, 1))) ?? [];
    const callers = () =>
      one.connection.sendRequest(CallHierarchyIncomingCallsRequest.type, { item: first! });
    await one.change(uri, [{ range: { start: place(0, 0), end: place(0, 0) }, text: 'FROM z\n' }]);
    expect(await callers()).toMatchObject([{ from: { name: 'two' } }]);
    await one.change(uri, [{ range: { start: place(1, 0), end: place(3, 0) }, text: '' }]);
    expect(await callers()).toEqual([]);
  });
  test('are returned as a graph and as a Mermaid chart', async () => {
    const one = await start();
    const mount = 'RUN --mount=from=one,source=/x,target=/y make\n';
    await one.open(uri, `${text}${mount}FROM "x<y" AS unused\nFROM two\n`);
    const { mermaid, stages, images } = (await one.connection.sendRequest<StageGraph | null>(
      stageGraph,
      { uri },
    ))!;
    expect(mermaid).toMatchInlineSnapshot(`
      "flowchart LR
        s0["one"]
        s1["two"]
        s2["stage 2"]
        s3["unused"]
        s4(["stage 4"])
        i0 --> s0
        s0 --> s1
        i1 --> s2
        s1 -. COPY .-> s2
        s0 -. mount .-> s2
        s1 --> s4
        i0[["a"]]
        i1[["b"]]
        classDef unused stroke-dasharray: 4 4
        class s2,s3 unused
      "
    `);
    expect(images).toEqual(['a', 'b']);
    expect(stages.map(({ name, base, line }) => [name, base, line])).toEqual([
      ['one', 'a', 0],
      ['two', 'one', 1],
      ['stage 2', 'b', 2],
      ['unused', 'x<y', 6],
      ['stage 4', 'two', 7],
    ]);
    expect(stages.flatMap(({ needed }, index) => (needed ? [index] : []))).toEqual([0, 1, 4]);
    expect(stages.flatMap(({ target }, index) => (target ? [index] : []))).toEqual([4]);
    expect(stages[2]?.takes).toEqual([
      { how: 'from', image: 1, what: '', line: 2 },
      { how: 'copy', stage: 1, what: '/x → /', line: 3 },
      { how: 'copy', stage: 1, what: '/y → /', line: 4 },
      { how: 'mount', stage: 0, what: '/x → /y', line: 5 },
    ]);
    expect(await one.connection.sendRequest(stageGraph, { uri: 'file:///none' })).toBeNull();
  });
});

interface Lensed {
  readonly connection: ProtocolConnection;
  readonly registered: string[];
  readonly next: () => Promise<void>;
}

/** A client with the build commands; `next` resolves on the next notification. */
async function lensed(builds: InitializationOptions['builds'], on: () => boolean): Promise<Lensed> {
  const { up, down } = server();
  const connection = createProtocolConnection(
    new StreamMessageReader(down),
    new StreamMessageWriter(up),
  );
  connections.push(connection);
  const registered: string[] = [];
  let notify: () => void = () => undefined;
  connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
    registered.push(...registrations.map(({ method }) => method));
    if (registrations.some(({ method }) => method.endsWith('codeLens'))) notify();
  });
  connection.onRequest(CodeLensRefreshRequest.type, () => notify());
  connection.onRequest(ConfigurationRequest.type, () => [{ lenses: { stages: on() } }]);
  connection.listen();
  const capabilities: ClientCapabilities = {
    textDocument: { codeLens: { dynamicRegistration: true } },
    workspace: { configuration: true, codeLens: { refreshSupport: true } },
  };
  const params = { processId: null, capabilities, initializationOptions: { builds } };
  const next = () => new Promise<void>((done) => (notify = done));
  const notified = next();
  await connection.sendRequest(InitializeRequest.type, params as unknown as InitializeParams);
  await connection.sendNotification(InitializedNotification.type, {});
  if (builds === 'now') await notified;
  return { connection, registered, next };
}

describe('lenses', () => {
  const text = 'FROM a AS one\nFROM b\n';
  const ask = async ({ connection }: Lensed): Promise<unknown> => {
    const answer = await connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
    return answer?.map(({ command }) => [command?.title, command?.command, command?.arguments]);
  };
  const open = ({ connection }: Lensed): Promise<void> =>
    connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'dockerfile', version: 1, text },
    });
  test('are shown above stages, unless the setting disables them', async () => {
    let on = true;
    const one = await lensed('now', () => on);
    expect(one.registered).toEqual(['textDocument/codeLens']);
    await open(one);
    expect(await ask(one)).toEqual([
      ['Build this stage', 'drydock.dockerfile.build', [uri, { stage: 'one' }]],
      ['Build', 'drydock.dockerfile.build', [uri]],
      ['Run', 'drydock.dockerfile.run', [uri]],
    ]);
    on = false;
    const notified = one.next();
    await one.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: null,
    });
    await notified;
    expect(await ask(one)).toEqual([]);
  });
  test('are registered when the workspace is trusted', async () => {
    const one = await lensed('later', () => true);
    await open(one);
    await one.connection
      .sendRequest(DocumentDiagnosticRequest.method, {
        textDocument: { uri },
      })
      .catch(() => undefined);
    expect(one.registered).toEqual([]);
    const notified = one.next();
    await one.connection.sendNotification(trusted);
    await notified;
    expect(one.registered).toEqual(['textDocument/codeLens']);
  });
  test('are not registered for clients without the commands', async () => {
    const one = await start({ textDocument: { codeLens: { dynamicRegistration: true } } });
    expect(one.initialized.capabilities.codeLensProvider).toBeUndefined();
  });
});

describe('an edit between a request and its answer', () => {
  const text = 'FROM a AS one\nfrom one\n';
  const insert = { range: { start: place(0, 0), end: place(0, 0) }, text: '# x\n' };
  test('a rename is returned with the version that it applies to', async () => {
    const one = await start();
    await one.open(uri, text);
    const before = one.connection.sendRequest(RenameRequest.type, { ...at(0, 11), newName: 'two' });
    await one.change(uri, [insert]);
    const after = one.connection.sendRequest(RenameRequest.type, { ...at(1, 11), newName: 'two' });
    const texts = new Map([
      [1, text],
      [2, `# x\n${text}`],
    ]);
    for (const answer of await Promise.all([before, after])) {
      const [change] = (answer?.documentChanges ?? []) as TextDocumentEdit[];
      const was = texts.get(change?.textDocument.version ?? 0) ?? '';
      expect(edited(was, (change?.edits ?? []) as never)).toBe(was.replaceAll('one', 'two'));
    }
  });
  test('formatting returns no edits for an outdated text', async () => {
    let release: (value: unknown[]) => void = () => undefined;
    const requested = new Promise<void>((resolve) => {
      void start({ ...able, workspace: { configuration: true } }, (connection) =>
        connection.onRequest(ConfigurationRequest.type, () => {
          resolve();
          return new Promise<unknown[]>((done) => (release = done));
        }),
      );
    });
    await Promise.resolve();
    while (editors.length === 0) await new Promise((done) => setImmediate(done));
    const [one] = editors;
    await one!.open(uri, text);
    const answer = one!.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: { uri },
      options: { tabSize: 4, insertSpaces: true },
    });
    await requested;
    await one!.change(uri, [insert]);
    // The answer to a later request shows that the change has been handled.
    await one!.connection.sendRequest(RenameRequest.type, { ...at(1, 11), newName: 'two' });
    release([{}]);
    expect(await answer).toEqual([]);
  });
  test('a file that is opened twice has one text', async () => {
    const one = await start();
    await one.open(uri, text);
    await one.open(uri, text.toUpperCase());
    const answer = await one.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: { uri },
      options: { tabSize: 4, insertSpaces: true },
    });
    expect(answer).toEqual([]);
  });
});

test('closing thousands of documents frees their memory', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 1e6;
  };
  const one = await start();
  const line = `RUN apt-get update && apt-get install -y ${'package '.repeat(10)}\n`;
  const round = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const each = `file:///many/${String(i)}/Dockerfile`;
      await one.open(each, `FROM a\n# ${String(i)}\n${line}`);
      await one.connection.sendRequest(DocumentDiagnosticRequest.type, {
        textDocument: { uri: each },
      });
    }
    for (let i = 0; i < count; i++) await one.close(`file:///many/${String(i)}/Dockerfile`);
    await one.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
  };
  await round(300);
  const before = heap();
  await round(3000);
  // If they were kept, they would use several times as much memory.
  expect(heap() - before).toBeLessThan(20);
});
