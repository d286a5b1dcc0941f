/** Sizes, dangling images, platforms and prune on both image stores of the newer engine: its own, and that of containerd. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { imagesView, defaultImagesOptions } from '../../client/src/explorer/images.ts';
import type { Item } from '../../client/src/explorer/item.ts';
import { pruneKinds } from '../../client/src/prune/prunable.ts';
import type { FromPrune, ToPrune } from '../../client/src/prune/page.ts';
import { showPrune } from '../../client/src/prune/session.ts';
import type { PageListener } from '../../client/src/ui/page.ts';
import { startNewerEngine, type NewerEngine } from '../../scripts/setup/newer-engine.mts';
import { recordingEditor, toolsFor } from '../recording-editor.ts';

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

const run = promisify(execFile);
const { signal } = new AbortController();

interface Store {
  readonly name: string;
  readonly daemon: NewerEngine;
  readonly engine: Engine;
}

/** Prints why a store is not available; its tests are then skipped. */
async function startStore(name: string, configuration: object): Promise<Store | undefined> {
  try {
    const daemon = await startNewerEngine({ configuration });
    const engine = await connect(await findAddress(`unix://${daemon.socket}`));
    return { name, daemon, engine };
  } catch (error) {
    console.log(`Skipped, no engine: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

const started = await Promise.all([
  startStore('overlay2', {}),
  startStore('containerd', { features: { 'containerd-snapshotter': true } }),
]);
const stores = started.filter((store) => store !== undefined);
afterAll(() => Promise.all(stores.map(({ daemon }) => daemon.stop())));

/** Bytes of the file of each image. */
const fileSize = 3_000_000;

describe.each(stores)('with images in $name', ({ name, daemon, engine }) => {
  let folder: string;
  const docker = (...args: string[]) => run('docker', args, { env: daemon.env });
  const build = async (dockerfile: string, ...args: string[]) => {
    const file = path.join(folder, 'Dockerfile');
    await writeFile(file, dockerfile);
    // Bytes that cannot be compressed, so that the compressed layers in containerd have the same size.
    await writeFile(path.join(folder, 'context/big'), randomBytes(fileSize));
    const flags = ['--provenance=false', '--quiet', '--file', file];
    const { stdout } = await docker('build', ...flags, ...args, path.join(folder, 'context'));
    return stdout.trim();
  };
  const view = imagesView(() => defaultImagesOptions);
  const rowsOf = async () => (await view.read(engine))(new Date());
  const rowOf = async (label: string): Promise<Item> => {
    const row = (await rowsOf()).find((item) => item.label === label);
    if (row === undefined) throw new Error(`no row ${label}`);
    return row;
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'drydock-stores-'));
    await mkdir(path.join(folder, 'context'));
    await build('FROM scratch\nCOPY big /base\n', '--tag', 'base:1');
    for (const tag of ['1', '2'])
      await build('FROM base:1\nCOPY big /own\n', '--tag', `app:${tag}`);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('counts the base image of two tags once in their group', async () => {
    const factor = name === 'containerd' ? 2 : 1;
    const { description = '' } = await rowOf('app');
    expect(description).toMatch(/^2 tags, \d+(\.\d)? MB$/);
    const size = Number(/, ([\d.]+) MB/.exec(description)?.[1]) * 1e6;
    // Three files. Layers in containerd are also kept compressed, and need some bytes for directories.
    expect(size).toBeGreaterThan(3 * fileSize * factor * 0.98);
    expect(size).toBeLessThan(3 * fileSize * factor * 1.05);
  });

  test('shows in the tooltip what docker system df -v shows', async () => {
    // It fails while the engine removes a snapshot of a build that has ended.
    const { stdout } = await vi.waitFor(
      () => docker('system', 'df', '--verbose', '--format', '{{json .Images}}'),
      { timeout: 30_000, interval: 200 },
    );
    const images = JSON.parse(stdout) as readonly Readonly<Record<string, string>>[];
    const app = images.find(({ Repository, Tag }) => Repository === 'app' && Tag === '1');
    const row = (await rowOf('app')).children?.find(({ label }) => label === '1');
    const tooltip = row && (await view.tooltip?.(row, engine));
    const bytesOf = (text = '') => Math.round(Number.parseFloat(text) * (text.includes('MB') ? 10 : 0.01)); // prettier-ignore
    const shown = (title: string) => new RegExp(`\\| ${title} \\| ([\\d.]+ \\w+)`).exec(tooltip ?? '')?.[1]; // prettier-ignore
    expect(bytesOf(shown('Shared size'))).toBe(bytesOf(app?.SharedSize));
    expect(bytesOf(shown('Unique size'))).toBe(bytesOf(app?.UniqueSize));
  });

  test.runIf(name === 'containerd')(
    'shows the platforms of an image with their sizes',
    async () => {
      const dockerfile = 'FROM scratch\nCOPY big /x\n';
      await build(dockerfile, '--tag', 'multi:1', '--platform', 'linux/amd64,linux/arm64');
      const row = await rowOf('multi:1');
      const tooltip = await view.tooltip?.(row, engine);
      // Punctuation is escaped.
      expect(tooltip).toMatch(
        /\| Platforms \| linux\S+amd64 \S+6 MB\S+, linux\S+arm64 \S+6 MB\S+ \|/,
      );
      await engine.removeImage('multi:1');
    },
  );

  test('lists an image without a name as dangling, and frees what the page shows', async () => {
    await build('FROM base:1\nCOPY big /dangling\n');
    const group = await rowOf('<none>');
    expect(group.description).toMatch(/^1 dangling/);
    const page = await openPrunePage(engine);
    const row = page.rows().find(({ reason }) => reason === 'dangling');
    const id = row?.key.replace('image ', '');
    expect((await engine.images()).find((image) => image.id === id)?.tags).toEqual([]);
    expect(page.chosen()).toContain(row?.key);
    // With the build cache, so that it does not keep the layer.
    const before = (await engine.diskUsage(signal)).layersSize ?? 0;
    page.select(page.rows().map(({ key }) => key), false); // prettier-ignore
    const cache = page.rows().filter(({ key }) => key.startsWith('cache '));
    page.select([row?.key ?? '', ...cache.map(({ key }) => key)], true);
    const lines = await page.prune();
    expect(lines.map(({ level }) => level)).toEqual(['good', 'good']);
    expect((await engine.images()).map((image) => image.id)).not.toContain(id);
    const after = (await engine.diskUsage(signal)).layersSize ?? 0;
    expect(before - after).toBeGreaterThanOrEqual(fileSize);
  });

  test('keeps what was created after the list was shown', async () => {
    await docker('volume', 'create', 'shown');
    await docker('network', 'create', 'shown');
    await docker('create', '--name', 'shown', 'app:2', '/own');
    const page = await openPrunePage(engine, ['Remove']);
    page.select(page.rows().map(({ key }) => key), true); // prettier-ignore
    page.select(page.rows().map(({ key }) => key), true); // prettier-ignore
    await docker('volume', 'create', 'later');
    await docker('network', 'create', 'later');
    await docker('create', '--name', 'later', 'app:1', '/own');
    await docker('tag', 'base:1', 'rescued:1');
    const lines = await page.prune();
    expect(lines.filter(({ level }) => level === 'error').map(({ text }) => text).sort()).toEqual([
      'Could not remove app:1: container later uses it.',
      'Could not remove base:1: it has a new tag, rescued:1.',
    ]); // prettier-ignore
    expect((await engine.containers()).map((one) => one.name)).toEqual(['later']);
    expect((await engine.volumes()).map((one) => one.name)).toEqual(['later']);
    const networks = (await engine.networks()).filter(({ builtin }) => !builtin);
    expect(networks.map((one) => one.name)).toEqual(['later']);
    const tags = (await engine.images()).flatMap((image) => image.tags).sort();
    expect(tags).toEqual(['app:1', 'base:1', 'rescued:1']);
  });
});

/** The prune page of an engine, after it has measured. */
async function openPrunePage(engine: Engine, answers: readonly string[] = []) {
  const posted: ToPrune[] = [];
  let listener: PageListener<FromPrune> | undefined;
  const { editor } = recordingEditor(answers, {
    openPage: (_, __, given) => {
      listener = given as unknown as PageListener<FromPrune>;
      const post = (message: unknown) => void posted.push(message as ToPrune);
      return { post, reveal: () => undefined, setTitle: () => undefined, close: () => undefined };
    },
  });
  const closed = showPrune(toolsFor(engine, editor), pruneKinds);
  close = async () => {
    listener?.onClosed();
    await closed;
  };
  const last = <K extends ToPrune['kind']>(kind: K) =>
    posted.findLast((one): one is Extract<ToPrune, { kind: K }> => one.kind === kind);
  const wait = (check: () => void) => vi.waitFor(check, { timeout: 60_000, interval: 20 });
  listener?.onMessage({ kind: 'ready' });
  await wait(() => expect(last('rows')).toBeDefined());
  const measurement = () => last('rows')?.measurement ?? 0;
  return {
    rows: () => last('rows')?.groups.flatMap(({ rows }) => rows) ?? [],
    chosen: () => last('chosen')?.keys ?? [],
    select: (keys: readonly string[], on: boolean) =>
      listener?.onMessage({ kind: 'select', measurement: measurement(), keys, on }),
    prune: async () => {
      listener?.onMessage({ kind: 'prune', measurement: measurement() });
      await wait(() => expect(last('result')?.lines.length).toBeGreaterThan(0));
      return last('result')?.lines ?? [];
    },
  };
}
