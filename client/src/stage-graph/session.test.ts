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

/** Runs the command with a recorded page and file. */
function createPage() {
  const page = new RecordedPage<ToGraph, FromGraph>();
  const posted = page.posted;
  const copied: string[] = [];
  const subscription: { changed?: () => void } = {};
  let stages: StageGraph | undefined = graph;
  const recording = recordingEditor([], {
    activeFile: () => '/a/Dockerfile',
    openPage: page.openPage,
    onDocumentChange: (_, changed) => {
      subscription.changed = changed;
      return () => delete subscription.changed;
    },
    copyToClipboard: (text) => Promise.resolve(void copied.push(text)),
  });
  const stageGraph = (path: string): Promise<StageGraph | undefined> =>
    Promise.resolve(path === '/a/Dockerfile' ? stages : undefined);
  const tools = toolsFor(fakeEngine({}).engine, recording.editor, { stageGraph });
  const run = (paths: readonly string[] = []) => showGraph.run([], tools, { paths });
  const setGraph = (current: StageGraph | undefined) => (stages = current);
  return { page, posted, copied, subscription, recording, run, setGraph };
}

describe('the stage graph', () => {
  test('shows the stages of the file, and updates when its text changes', async () => {
    const { page, subscription, posted, run, setGraph } = createPage();
    const done = run();
    await expect.poll(() => page.wasOpened).toBe(true);
    subscription.changed?.();
    page.send({ kind: 'ready' });
    await expect.poll(() => posted.length).toBe(1);
    expect(posted[0]).toMatchObject({ kind: 'show', graph: { stages: [build] } });
    setGraph(undefined);
    subscription.changed?.();
    await expect.poll(() => posted.length).toBe(2);
    expect(posted[1]).toMatchObject({ graph: { stages: [], images: [] } });
    page.hide();
    subscription.changed?.();
    page.close();
    await done;
    expect(posted).toHaveLength(2);
    expect(subscription.changed).toBeUndefined();
  });

  test('opens lines of the file, and copies the graph as Mermaid', async () => {
    const { page, posted, copied, recording, run } = createPage();
    const done = run();
    await expect.poll(() => page.wasOpened).toBe(true);
    page.send({ kind: 'go', line: 4 });
    page.send({ kind: 'copy' });
    await expect.poll(() => posted).toEqual([{ kind: 'copied' }]);
    expect(copied).toEqual(['flowchart LR\n']);
    expect(recording.seen).toContain('line: /a/Dockerfile:4');
    page.close();
    await done;
  });

  test('reports errors', async () => {
    const { page, run, recording } = createPage();
    recording.editor.showLine = () => Promise.reject(new Error('gone'));
    const done = run();
    await expect.poll(() => page.wasOpened).toBe(true);
    page.send({ kind: 'go', line: 0 });
    await expect(done).rejects.toThrow('gone');
  });

  test('is not opened when there are no stages', async () => {
    const { run, recording } = createPage();
    await run(['/b/Dockerfile']);
    expect(recording.seen).toEqual(['info: Open a Dockerfile with stages first.']);
  });

  test('accepts only known messages', () => {
    const valid = [{ kind: 'ready' }, { kind: 'copy' }, { kind: 'go', line: 3 }];
    expect(valid.every(isFromGraph)).toBe(true);
    const invalid = [
      { kind: 'go', line: -1 },
      { kind: 'go', line: '1' },
      { kind: 'x' },
      null,
      'go',
    ];
    expect(invalid.some(isFromGraph)).toBe(false);
  });
});
