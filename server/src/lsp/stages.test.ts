/** The call hierarchy of stages, and their graph. */
import { describe, expect, test } from 'vitest';
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
} from 'vscode-languageserver/node';
import { stageGraph, type StageGraph } from '../../../contract/protocol.ts';
import { range, session } from '../../../test/lsp-session.ts';

const uri = 'file:///a/Dockerfile';
const place = (line: number, character: number) => ({ line, character });
const at = (line: number, character: number) => ({
  textDocument: { uri },
  position: place(line, character),
});

describe('stages', () => {
  const text =
    'FROM a AS one\nFROM one AS two\nFROM b\nCOPY --from=two /x /\nCOPY --from=two /y /\n';
  test('call the stages that they copy from', async () => {
    const one = await session();
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
    const one = await session();
    await one.open(uri, text);
    const [first] =
      (await one.connection.sendRequest(CallHierarchyPrepareRequest.type, at(0, 1))) ?? [];
    const callers = () =>
      one.connection.sendRequest(CallHierarchyIncomingCallsRequest.type, { item: first! });
    await one.change(uri, [{ range: range(0, 0, 0, 0), text: 'FROM z\n' }]);
    expect(await callers()).toMatchObject([{ from: { name: 'two' } }]);
    await one.change(uri, [{ range: range(1, 0, 3, 0), text: '' }]);
    expect(await callers()).toEqual([]);
  });
  test('are returned as a graph and as a Mermaid chart', async () => {
    const one = await session();
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
