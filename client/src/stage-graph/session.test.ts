import { describe, expect, test } from 'vitest';
import type { StageGraph } from '../../../contract/protocol.ts';
import { RecordedPage } from '../../../test/recorded-page.ts';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { isFromGraph, type FromGraph, type ToGraph } from './page.ts';
import showGraph from '../commands/dockerfile/stage-graph.ts';

const build = { name: 'build', base: 'golang:1.25', line: 0, target: true, needed: true };
const graph: StageGraph = {
  stages: [{ ...build, takes: [{ how: 'from', image: 0, what: '', line: 0 }] }],
  images: ['golang:1.25'],
  mermaid: 'flowchart LR\n',
};

/** The command with its page open, and the file that it is about. */
function opened() {
  const page = new RecordedPage<ToGraph, FromGraph>();
  const told = page.posted;
  const copied: string[] = [];
  const held: { changed?: () => void } = {};
  let stages: StageGraph | undefined = graph;
  const recording = recordingEditor([], {
    activeFile: () => '/a/Dockerfile',
    openPage: page.openPage,
    whenChanged: (_, changed) => {
      held.changed = changed;
      return () => delete held.changed;
    },
    copyText: (text) => Promise.resolve(void copied.push(text)),
  });
  const stageGraph = (path: string): Promise<StageGraph | undefined> =>
    Promise.resolve(path === '/a/Dockerfile' ? stages : undefined);
  const tools = toolsFor(fakeEngine({}).engine, recording.editor, { stageGraph });
  const run = (paths: readonly string[] = []) => showGraph.run([], tools, { paths });
  const become = (now: StageGraph | undefined) => (stages = now);
  return { page, told, copied, held, recording, run, become };
}

describe('the picture of the stages', () => {
  test('is told what the file has, and again when its text has changed', async () => {
    const { page, held, told, run, become } = opened();
    const done = run();
    await expect.poll(() => page.wasOpened).toBe(true);
    held.changed?.();
    page.send({ kind: 'ready' });
    await expect.poll(() => told.length).toBe(1);
    expect(told[0]).toMatchObject({ kind: 'show', graph: { stages: [build] } });
    become(undefined);
    held.changed?.();
    await expect.poll(() => told.length).toBe(2);
    expect(told[1]).toMatchObject({ graph: { stages: [], images: [] } });
    page.hide();
    held.changed?.();
    page.close();
    await done;
    expect(told).toHaveLength(2);
    expect(held.changed).toBeUndefined();
  });

  test('leads to lines of the text, and is copied as a chart', async () => {
    const { page, told, copied, recording, run } = opened();
    const done = run();
    await expect.poll(() => page.wasOpened).toBe(true);
    page.send({ kind: 'go', line: 4 });
    page.send({ kind: 'copy' });
    await expect.poll(() => told).toEqual([{ kind: 'copied' }]);
    expect(copied).toEqual(['flowchart LR\n']);
    expect(recording.seen).toContain('goTo: /a/Dockerfile:4');
    page.close();
    await done;
  });

  test('tells what could not be done', async () => {
    const { page, run, recording } = opened();
    recording.editor.goTo = () => Promise.reject(new Error('gone'));
    const done = run();
    await expect.poll(() => page.wasOpened).toBe(true);
    page.send({ kind: 'go', line: 0 });
    await expect(done).rejects.toThrow('gone');
  });

  test('is not opened where there is no stage', async () => {
    const { run, recording } = opened();
    await run(['/b/Dockerfile']);
    expect(recording.seen).toEqual(['tell: Open a Dockerfile with stages first.']);
  });

  test('says nothing else', () => {
    const said = [{ kind: 'ready' }, { kind: 'copy' }, { kind: 'go', line: 3 }];
    expect(said.every(isFromGraph)).toBe(true);
    const not = [{ kind: 'go', line: -1 }, { kind: 'go', line: '1' }, { kind: 'x' }, null, 'go'];
    expect(not.some(isFromGraph)).toBe(false);
  });
});
