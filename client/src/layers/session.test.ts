import { describe, expect, test, vi } from 'vitest';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { dockerArchive, layerTar } from '../../../test/image-archives.ts';
import { RecordedPage } from '../../../test/recorded-page.ts';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { inChunks } from '../../../test/tar-archive.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import type { Editor } from '../ui/editor.ts';
import { addPastBuild, pastBuildsKey } from '../ui/past-builds.ts';
import type { FromLayers, LayersView, Sentence, ToLayers } from './page.ts';
import { isFromLayers } from './page.ts';
import { openLayers } from './open.ts';
import type { ShownInstruction } from './session.ts';
import { showLayerOfInstruction } from './show-instruction.ts';

const steps = ['ADD rootfs.tar /', '-CMD ["sh"]', 'COPY . /app # buildkit', 'RUN rm /app/big'];
const archive = dockerArchive(
  [
    layerTar(['bin/', 'bin/sh=12345']),
    layerTar(['app/', `app/big=${'x'.repeat(50)}`, 'app/small=y', 'app/d/e/f=zz']),
    layerTar(['app/.wh.big']),
  ],
  { steps },
);
const dockerfile = 'FROM base:1\nCOPY . /app\nRUN rm /app/big\n';

interface Setting {
  readonly sizes?: readonly number[];
  readonly engine?: Partial<Engine>;
  readonly editor?: Partial<Editor>;
  readonly answers?: readonly string[];
  /** Shows the layer of this instruction. */
  readonly instruction?: ShownInstruction;
}

/** Opens the page of an image with these layers. */
function openPage({
  sizes = [5, 0, 53, 0],
  engine = {},
  editor = {},
  answers = [],
  instruction,
}: Setting = {}) {
  const page = new RecordedPage<ToLayers, FromLayers>();
  const recording = recordingEditor(answers, { openPage: page.openPage, ...editor });
  const history = steps.map((createdBy, at) => ({
    createdBy: createdBy.replace(/^-/, ''),
    size: sizes[at] ?? 0,
    createdAt: new Date(),
    tags: [],
    comment: '',
  }));
  const { engine: fake } = fakeEngine({});
  const details = { id: 'sha256:1', tags: ['shop:dev'], os: 'linux', architecture: 'amd64', layers: ['a', 'b', 'c'] }; // prettier-ignore
  const used = {
    ...fake,
    history: () => Promise.resolve(history.reverse()),
    inspect: () => Promise.resolve(details),
    save: () => inChunks(archive, 1000),
    ...engine,
  } as unknown as Engine;
  const subject = { id: 'sha256:1', name: 'shop:dev' };
  const closed = openLayers(toolsFor(used, recording.editor), subject, instruction);
  page.send({ kind: 'ready' });
  const views = () => page.posted.flatMap((one) => (one.kind === 'show' ? [one.view] : []));
  const view = async (holds: (view: LayersView) => boolean): Promise<LayersView> => {
    await vi.waitUntil(() => views().some(holds), { timeout: 20_000 });
    return views().findLast(holds)!;
  };
  const answer = <K extends ToLayers['kind']>(kind: K) =>
    page.posted.findLast((one) => one.kind === kind) as Extract<ToLayers, { kind: K }> | undefined;
  return { page, closed, view, views, answer, seen: recording.seen };
}

function isDone({ analysis }: LayersView): boolean {
  return analysis.kind === 'done';
}

function textOf(sentence: Sentence): string {
  return sentence.map(({ text, line }) => (line === undefined ? text : `[${text}]`)).join('');
}

describe('layers session', () => {
  test('shows the history first, and then files and wasted space', async () => {
    const { view, views, page, closed } = openPage();
    const done = await view(isDone);
    expect(views()[0]?.analysis.kind).toBe('running');
    expect(views()[0]?.layers.map(({ keyword, text }) => `${keyword} ${text}`)).toEqual([
      'ADD rootfs.tar /',
      'COPY . /app',
      'RUN rm /app/big',
    ]);
    expect(
      done.layers.map(({ figures }) => Object.values(figures).map(({ text }) => text)),
    ).toEqual([
      ['5 B', '1', '', '', ''],
      ['53 B', '3', '', '', '50 B'],
      ['0 B', '', '', '1', ''],
    ]);
    expect(done.totals.map(({ value }) => value)).toEqual(['58 B', '53 B', '13 %', '50 B']);
    expect(done.others.map(({ keyword, after, isBase }) => [keyword, after, isBase])).toEqual([['CMD', 1, true]]); // prettier-ignore
    expect(done.wasted?.rows.map(({ path, sentence }) => `${path}: ${textOf(sentence)}`)).toEqual([
      '/app/big: Added in layer 2, removed in layer 3. Exclude it in .dockerignore, or copy less.',
    ]);
    page.close();
    await closed;
  });

  test('links lines of the Dockerfile, and follows its edits', async () => {
    let text = dockerfile;
    let edit: () => void = () => undefined;
    const { view, page, seen } = openPage({
      editor: {
        findDockerfiles: () => Promise.resolve(['/w/Dockerfile']),
        readText: () => Promise.resolve(text),
        workspaceFolderOf: () => '/w',
        onDocumentChange: (_, changed) => {
          edit = changed;
          return () => undefined;
        },
      },
    });
    const done = await view((one) => isDone(one) && one.facts.length === 2 && one.layers[2]?.source !== undefined); // prettier-ignore
    expect(done.facts.map(textOf)[1]).toBe('built just now from [Dockerfile]');
    expect(done.layers.map(({ source }) => source?.text)).toEqual(['base', 'line 2', 'line 3']);
    expect(textOf(done.wasted!.rows[0]!.sentence)).toContain('[line 2], removed in [line 3]');
    page.send({ kind: 'go', line: 3 });
    await vi.waitUntil(() => seen.includes('line: /w/Dockerfile:2'));
    text = `FROM base:1\nLABEL a=b\n${dockerfile.slice(12)}`;
    edit();
    const edited = await view(({ layers }) => layers[2]?.source?.text === 'line 4');
    expect(edited.facts.map(textOf)[2]).toBe('1 edit since');
    page.close();
  });

  const files: Partial<Editor> = {
    findDockerfiles: () => Promise.resolve(['/other/Dockerfile']),
    readText: () => Promise.resolve(dockerfile),
  };

  test('shows times of the build that made the image, also of steps that were cached in it', async () => {
    const build = {
      at: 1,
      ms: 900,
      image: 'sha256:1',
      steps: [
        { key: 'copy', line: 2, bytes: 53, ran: 300, entry: 1 },
        { key: 'run', line: 3, bytes: 0, ms: 61_400, entry: 0 },
        { key: 'none', line: 4, ms: 5 },
      ],
    };
    const getState = (key: string) =>
      key === pastBuildsKey ? addPastBuild({}, '/w/Dockerfile', build) : undefined;
    const { view, page } = openPage({ editor: { getState } });
    const { layers, sum, hasTimes } = await view(isDone);
    expect(hasTimes).toBe(true);
    expect(layers.map(({ figures }) => figures.time?.text)).toEqual([undefined, '0.3 s', '1 min 1 s']); // prettier-ignore
    expect(sum.figures.time?.text).toBe('1 min 1 s');
    page.close();
    const other = openPage({ editor: { getState: (key) => getState(key)?.replace('sha256:1', 'sha256:2') } }); // prettier-ignore
    expect((await other.view(isDone)).hasTimes).toBe(false);
    other.page.close();
  });

  test('selects the layer of an instruction, from any of its lines', async () => {
    const readText = () => Promise.resolve(dockerfile.replace('/app\nRUN', '/app\nRUN \\\n'));
    const { page, answer } = openPage({
      editor: { ...files, readText },
      instruction: { path: '/w/Dockerfile', line: 4 },
    });
    await vi.waitUntil(() => answer('reveal') !== undefined);
    expect(answer('reveal')?.layer).toBe(2);
    page.close();
  });

  test('says that an instruction has made no layer', async () => {
    const { page, answer, seen } = openPage({
      editor: files,
      instruction: { path: '/w/Dockerfile', line: 1 },
    });
    await vi.waitUntil(() => seen.some((one) => one.includes('made no layer')));
    expect(seen).toContain('info: The instruction at line 1 made no layer of shop:dev.');
    expect(answer('reveal')).toBeUndefined();
    page.close();
  });

  test.each([
    [undefined, 'No image of Dockerfile has been built in this workspace.'],
    ['sha256:gone', 'The image of the last build of Dockerfile no longer exists.'],
  ])('offers to build if the image %s is not known', async (image, message) => {
    const build = { at: 1, ms: 1, steps: [], ...(image !== undefined && { image }) };
    const past = addPastBuild({}, '/w/Dockerfile', build);
    const said: string[] = [];
    const { editor, seen } = recordingEditor([], {
      getState: () => past,
      showInformation: (text, ...buttons) => {
        said.push(text);
        return Promise.resolve(buttons[0]);
      },
    });
    const tools = toolsFor(fakeEngine({}).engine, editor);
    await showLayerOfInstruction(tools, '/w/Dockerfile', 2);
    expect(said).toEqual([message]);
    expect(seen).toEqual(['command: dockerfile.build']);
  });

  test('answers with the files of a directory and with what layers did with a path', async () => {
    const { view, page, answer } = openPage();
    await view(isDone);
    const shown = { added: true, changed: true, removed: true };
    page.send({ kind: 'files', layer: 1, node: 0, shown, offset: 0 });
    const app = answer('files')!.rows[0]!;
    expect(app).toMatchObject({ name: 'app', isDirectory: true, size: '53 B', letter: 'A' });
    page.send({ kind: 'files', layer: 1, node: app.node, shown, offset: 0 });
    expect(answer('files')!.rows.map(({ name, letter, note }) => [name, letter, note])).toEqual([
      ['big', 'D', 'removed in layer 3'],
      ['d/e/f', 'A', ''],
      ['small', 'A', ''],
    ]);
    page.send({ kind: 'files', layer: 99, node: 1e9, shown, offset: 0 });
    expect(answer('files')).toMatchObject({ rows: [], total: 0 });
    page.send({ kind: 'find', text: '/app/big' });
    expect(textOf(answer('found')!.found.answer)).toBe(
      'Added in layer 2 · 50 B · removed in layer 3',
    );
    page.send({ kind: 'find', text: 'SMALL' });
    expect(answer('found')!.found).toEqual({ answer: [], matches: ['/app/small'], hasMore: false });
    page.close();
  });

  test('reads the files of a large image only on request', async () => {
    let saves = 0;
    const save = () => {
      saves += 1;
      return inChunks(archive);
    };
    const { view, page } = openPage({ sizes: [5, 0, 2_000_000_000, 0], engine: { save } });
    const { analysis } = await view(() => true);
    expect(analysis).toMatchObject({ kind: 'offered', button: 'Analyze Files' });
    expect(JSON.stringify(analysis)).toContain('2 GB');
    expect(saves).toBe(0);
    page.send({ kind: 'analyze' });
    await view(isDone);
    expect(saves).toBe(1);
    page.close();
  });

  test('stops reading when it is cancelled or closed', async () => {
    const signals: AbortSignal[] = [];
    const save: Engine['save'] = async function* (_, signal) {
      signals.push(signal);
      yield archive.subarray(0, 3000);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new EngineError('cancelled', 'Cancelled');
    };
    const { view, page, closed } = openPage({ engine: { save } });
    await vi.waitUntil(() => signals.length === 1);
    page.send({ kind: 'cancel' });
    await view(({ analysis }) => analysis.kind === 'offered');
    page.send({ kind: 'analyze' });
    await vi.waitUntil(() => signals.length === 2);
    page.close();
    await closed;
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  test('compares the image with another one, those of its repository first', async () => {
    const images = [
      { id: 'sha256:1', tags: ['shop:dev'], size: 58, createdAt: new Date(3) },
      { id: 'sha256:2', tags: ['base:1'], size: 5, createdAt: new Date(2) },
      { id: 'sha256:3', tags: ['shop:1.0'], size: 58, createdAt: new Date(1) },
    ];
    const config = { Env: ['B=2', 'A=1\n'], Cmd: ['node'], ExposedPorts: { '80/tcp': {} } };
    const inspect = (_: string, id: string) =>
      Promise.resolve({ id, tags: ['shop:dev'], config, os: 'linux', architecture: id === 'sha256:3' ? 'arm64' : 'amd64', layers: ['a', 'b', 'c'] }); // prettier-ignore
    const { view, page, seen } = openPage({
      answers: ['shop:1.0'],
      engine: { images: () => Promise.resolve(images), inspect } as unknown as Partial<Engine>,
    });
    expect((await view(() => true)).compare).toBe('Compare with…');
    page.send({ kind: 'compare' });
    await vi.waitUntil(() => seen.some((line) => line.startsWith('compare: ')));
    expect(seen).toContain('pick: Compare shop:dev with… [shop:1.0, base:1]');
    const compared = seen.find((line) => line.startsWith('compare: ')) ?? '';
    expect(compared).toMatch(/^compare: shop:1\.0 ↔ shop:dev\n# Image\nlinux\/arm64\n58 B\n/);
    expect(compared).toContain('ENV A=1\\n\nENV B=2\nEXPOSE 80/tcp\nCMD ["node"]\n');
    expect(compared).toMatch(/COPY .*  # 53 B\n/);
    page.close();
  });

  test('says why the image or its files could not be read, and reads again', async () => {
    let isGone = true;
    const inspect = () =>
      isGone
        ? Promise.reject(new EngineError('missing', 'no such image'))
        : Promise.resolve({ id: 'sha256:1', tags: [], os: 'linux', architecture: 'arm64', layers: ['a', 'b', 'c'] }); // prettier-ignore
    const save = () => inChunks(archive.subarray(0, 5000));
    const { view, page, answer } = openPage({
      engine: { inspect, save } as unknown as Partial<Engine>,
    });
    await vi.waitUntil(() => answer('error') !== undefined);
    expect(answer('error')?.message).toBe('shop:dev is no longer on this engine.');
    isGone = false;
    page.send({ kind: 'retry' });
    const failed = await view(({ analysis }) => analysis.kind === 'failed');
    expect(failed.analysis).toMatchObject({ text: 'The archive from the engine is incomplete' });
    page.close();
  });
});

test('shows the open page of an image again, and a new one after it was closed', async () => {
  const pages: RecordedPage<ToLayers, FromLayers>[] = [];
  const openPage: Editor['openPage'] = (...args) => {
    const page = new RecordedPage<ToLayers, FromLayers>();
    pages.push(page);
    return page.openPage(...args);
  };
  const tools = toolsFor(fakeEngine({}).engine, recordingEditor([], { openPage }).editor);
  const subject = { id: 'sha256:1', name: 'shop:dev' };
  const closed = [openLayers(tools, subject), openLayers(tools, subject)];
  expect(pages.map(({ reveals }) => reveals)).toEqual([0]);
  vi.spyOn(performance, 'now').mockReturnValueOnce(performance.now() + 3000);
  closed.push(openLayers(tools, subject));
  void openLayers(tools, { id: 'sha256:2', name: 'shop:old' });
  expect(pages.map(({ reveals }) => reveals)).toEqual([1, 0]);
  pages[0]?.close();
  await Promise.all(closed);
  void openLayers(tools, subject);
  expect(pages.map(({ title }) => title)).toEqual(
    ['shop:dev', 'shop:old', 'shop:dev'].map((name) => `Layers of ${name}`),
  );
});

test.each([
  null,
  { kind: 'other' },
  {
    kind: 'files',
    layer: -1,
    node: 0,
    offset: 0,
    shown: { added: true, changed: true, removed: true },
  },
  { kind: 'files', layer: 0, node: 0, offset: 0, shown: { added: 1 } },
  { kind: 'find', text: 'x'.repeat(10_000) },
  { kind: 'go', line: 0.5 },
])('refuses the message %j of a page', (message) => {
  expect(isFromLayers(message)).toBe(false);
});
