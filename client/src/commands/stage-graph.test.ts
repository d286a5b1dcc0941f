import { describe, expect, test } from 'vitest';
import type { StageGraph } from '../../../contract/protocol.ts';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { fakeEngine } from '../engine/fake.ts';
import { isFromGraph, type FromGraph, type ToGraph } from '../graph/page.ts';
import type { PageListener } from './editor.ts';
import showGraph from './dockerfile/stage-graph.ts';

const build = { name: 'build', base: 'golang:1.25', line: 0, target: true, needed: true };
const graph: StageGraph = {
  stages: [{ ...build, takes: [{ how: 'from', image: 0, what: '', line: 0 }] }],
  images: ['golang:1.25'],
  mermaid: 'flowchart LR\n',
};

/** The command with its page open, and the file that it is about. */
function opened() {
  const told: ToGraph[] = [];
  const copied: string[] = [];
  const held: { person?: PageListener<FromGraph>; changed?: () => void } = {};
  let stages: StageGraph | undefined = graph;
  const recording = recordingEditor([], {
    activeFile: () => '/a/Dockerfile',
    graph: (_, person) => {
      held.person = person;
      return { post: (message) => told.push(message), close: () => undefined };
    },
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
  return { told, copied, held, recording, run, become };
}

describe('the picture of the stages', () => {
  test('is told what the file has, and again when its text has changed', async () => {
    const { held, told, run, become } = opened();
    const done = run();
    await expect.poll(() => held.person).toBeDefined();
    held.changed?.();
    held.person?.received({ kind: 'ready' });
    await expect.poll(() => told.length).toBe(1);
    expect(told[0]).toMatchObject({ kind: 'show', graph: { stages: [build] } });
    become(undefined);
    held.changed?.();
    await expect.poll(() => told.length).toBe(2);
    expect(told[1]).toMatchObject({ graph: { stages: [], images: [] } });
    held.person?.hidden?.();
    held.changed?.();
    held.person?.closed();
    await done;
    expect(told).toHaveLength(2);
    expect(held.changed).toBeUndefined();
  });

  test('leads to lines of the text, and is copied as a chart', async () => {
    const { held, told, copied, recording, run } = opened();
    const done = run();
    await expect.poll(() => held.person).toBeDefined();
    held.person?.received({ kind: 'go', line: 4 });
    held.person?.received({ kind: 'copy' });
    await expect.poll(() => told).toEqual([{ kind: 'copied' }]);
    expect(copied).toEqual(['flowchart LR\n']);
    expect(recording.seen).toContain('goTo: /a/Dockerfile:4');
    held.person?.closed();
    await done;
  });

  test('tells what could not be done', async () => {
    const { held, run, recording } = opened();
    recording.editor.goTo = () => Promise.reject(new Error('gone'));
    const done = run();
    await expect.poll(() => held.person).toBeDefined();
    held.person?.received({ kind: 'go', line: 0 });
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
