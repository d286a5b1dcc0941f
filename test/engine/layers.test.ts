/** Layers of images that real engines built: sizes as in their history, wasted bytes as counted from the unpacked archive. */
import { randomUUID } from 'node:crypto';
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { lstat, mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { analyze, type Analysis } from '../../client/src/layers/analysis.ts';
import { baseLayers, lowerImages } from '../../client/src/layers/base-image.ts';
import { readImageArchive } from '../../client/src/layers/image-archive.ts';
import { imageSteps } from '../../client/src/layers/image-steps.ts';
import { matchSource } from '../../client/src/layers/source-match.ts';
import { wastedPlaces } from '../../client/src/layers/wasted-places.ts';
import type { NewerEngine } from '../../scripts/setup/newer-engine.mts';
import { buildFiles } from '../build-files.ts';
import { withNewerEngine } from './buildkit.ts';
import { readAll, type EngineFixture } from './contract.ts';
import { connectRealEngine, createFixture, type RealEngine } from './real-engine.ts';

const run = promisify(execFile);
const { signal } = new AbortController();
const real = await connectRealEngine();
let newer: NewerEngine | undefined;

async function newerEngine(): Promise<RealEngine | undefined> {
  newer = await withNewerEngine((engine) => Promise.resolve(engine));
  if (newer === undefined) return undefined;
  const address = { endpoint: { kind: 'socket', path: newer.socket }, url: `unix://${newer.socket}`, source: 'setting' } as const; // prettier-ignore
  return { address, engine: await connect(address) };
}

afterAll(() => newer?.stop());

/** Each line of a Dockerfile above the base image, with what it shows. */
const dockerfileOf = (base: string): string => `FROM ${base}
WORKDIR /app
COPY files ./files
RUN mkdir -p cache/deep && cat files/a files/b > cache/deep/big && ln cache/deep/big kept && ln cache/deep/big lost
RUN rm -rf cache && rm files/a
RUN chown -R 5:6 files && chmod 600 files/b
RUN rm lost && echo changed > files/c && mv files/d files/e
RUN rm -rf files && mkdir files && echo new > files/b
COPY files/a /bin/new
RUN rm -f /bin/false /bin/true && true
RUN true
CMD ["sh"]
`;

describe.each([
  ['the engine of this machine', () => Promise.resolve(real)],
  ['a newer engine', newerEngine],
])('layers of an image on %s', (_, start) => {
  let fixture: EngineFixture | undefined;
  let engine: Engine;
  let image: string;
  let dockerfile: string;
  let folder: string;

  beforeAll(async () => {
    const started = await start();
    if (started === undefined) return;
    fixture = await createFixture(started);
    ({ engine } = fixture);
    image = `localhost/drydock-test:${randomUUID()}`;
    dockerfile = dockerfileOf(fixture.image);
    const content = (size: number) => new Uint8Array(size).fill(size);
    const files = { Dockerfile: dockerfile, 'files/a': content(1000), 'files/b': content(20_000), 'files/c': content(300), 'files/d': content(4000) }; // prettier-ignore
    await readAll(buildFiles(engine, files, { tags: [image] }));
    folder = await mkdtemp(path.join(tmpdir(), 'drydock-layers-'));
  });
  afterAll(async () => {
    if (fixture === undefined) return;
    await rm(folder, { recursive: true, force: true });
    await engine.removeImage(image, { force: true });
    await fixture.close();
  });

  async function analyzed(): Promise<Analysis> {
    return analyze(await readImageArchive(engine.save([image], signal)));
  }

  test('are as large as the history says', async ({ skip }) => {
    if (fixture === undefined) return skip('no engine');
    const [analysis, details, history] = await Promise.all([
      analyzed(),
      engine.inspect('image', image),
      engine.history(image),
    ]);
    const steps = imageSteps(history, details.layers.length);
    const sizes = steps.flatMap(({ layer, size }) => (layer === undefined ? [] : [size]));
    expect(sizes).toHaveLength(11);
    // Of the imported layer, the engine also counts the targets of symbolic links.
    expect(analysis.counts.slice(1).map(({ bytes }) => bytes)).toEqual(sizes.slice(1));
  });

  test('waste as many bytes as the unpacked layers', async ({ skip }) => {
    if (fixture === undefined) return skip('no engine');
    const archive = path.join(folder, 'image.tar');
    await pipeline(Readable.from(engine.save([image], signal)), createWriteStream(archive));
    const counted = await countUnpacked(archive, folder);
    const analysis = await analyzed();
    expect(analysis.counts.map(({ wasted }) => wasted)).toEqual(counted.wasted);
    expect(analysis.counts.map(({ bytes }) => bytes)).toEqual(counted.bytes);
    const places = wastedPlaces(analysis).map(
      ({ node, bytes, madeIn, lostIn, loss }) =>
        `${analysis.paths.display(node)} ${bytes} ${madeIn}→${lostIn} ${loss}`,
    );
    expect(places).toContain('/app/files/a 1000 2→4 removed');
    expect(places).toContain('/app/files 24300 2→5 owner');
    expect(places).toContain('/app/files/b 20000 5→7 replaced');
  });

  test('have the lines of the Dockerfile, and the base image', async ({ skip }) => {
    if (fixture === undefined) return skip('no engine');
    const [details, history] = await Promise.all([
      engine.inspect('image', image),
      engine.history(image),
    ]);
    const steps = imageSteps(history, details.layers.length);
    const source = matchSource(steps, [{ path: '/w/Dockerfile', text: dockerfile }]);
    const lower = await lowerImages(engine, details);
    const base = baseLayers({ steps, layers: details.layers.length, tags: [image], lower, ...(source && { source }) }); // prettier-ignore
    expect(base.count).toBe(1);
    expect(lower.map(({ name }) => name)).toContain(fixture.image);
    const lines = source?.steps.slice(base.firstOwnStep).map((step) => step?.line);
    expect(lines).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(source?.edits).toBe(0);
  });
});

/** Bytes of a file, each inode once, in one layer. */
interface Stored {
  readonly layer: number;
  readonly inode: number;
  readonly size: number;
}

/** Unpacks all layers with the program `tar`, and puts one over the other as plain lists of paths. */
async function countUnpacked(archive: string, folder: string) {
  const outer = path.join(folder, 'outer');
  await mkdir(outer);
  await run('tar', ['-xf', archive, '-C', outer]);
  const [{ Layers: names }] = JSON.parse(
    await readFile(path.join(outer, 'manifest.json'), 'utf8'),
  ) as [{ readonly Layers: readonly string[] }];
  const visible = new Map<string, Stored>();
  const all = new Map<string, Stored>();
  for (const [layer, name] of names.entries()) {
    const target = path.join(folder, `layer-${layer}`);
    await mkdir(target);
    await run('tar', ['-xf', path.join(outer, name), '-C', target]);
    const entries = await readdir(target, { recursive: true });
    const hide = (hidden: (one: string) => boolean) => {
      for (const one of [...visible.keys()]) if (hidden(one)) visible.delete(one);
    };
    for (const entry of entries) {
      const { dir, base } = path.parse(entry);
      if (base === '.wh..wh..opq') hide((one) => one.startsWith(`${dir}/`));
      else if (base.startsWith('.wh.')) {
        const removed = path.join(dir, base.slice(4));
        hide((one) => one === removed || one.startsWith(`${removed}/`));
      }
    }
    for (const entry of entries) {
      if (path.basename(entry).startsWith('.wh.')) continue;
      const stats = await lstat(path.join(target, entry));
      if (stats.isDirectory()) continue;
      const stored = { layer, inode: stats.ino, size: stats.isFile() ? stats.size : 0 };
      visible.set(entry, stored);
      all.set(`${layer} ${stats.ino}`, stored);
    }
  }
  const kept = new Set([...visible.values()].map(({ layer, inode }) => `${layer} ${inode}`));
  const bytes = names.map(() => 0);
  const wasted = names.map(() => 0);
  for (const [key, { layer, size }] of all) {
    bytes[layer] = (bytes[layer] ?? 0) + size;
    if (!kept.has(key)) wasted[layer] = (wasted[layer] ?? 0) + size;
  }
  return { bytes, wasted };
}
