/** Prune on a real engine frees as many bytes as the preview shows. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { imageBytes } from '../../client/src/prune/image-bytes.ts';
import { buildFiles } from '../build-files.ts';
import { readAll, waitUntil } from './contract.ts';
import { createFixture, connectRealEngine } from './real-engine.ts';

const real = await connectRealEngine();
const { signal } = new AbortController();

describe.skipIf(real === undefined)('prune on a real engine', () => {
  test('counts shared layers once and frees the predicted bytes', async () => {
    const fixture = await createFixture(real!);
    const { engine, image } = fixture;
    const buildImage = async (dockerfile: string): Promise<string> => {
      const files = { Dockerfile: dockerfile, big: new Uint8Array(3_000_000) };
      const tag = `localhost/drydock-test:${randomUUID()}`;
      await readAll(buildFiles(engine, files, { tags: [tag] }));
      return (await engine.images()).find(({ tags }) => tags.includes(tag))?.id ?? '';
    };
    const mark = randomUUID();
    const base = `FROM ${image}\nLABEL a=${mark}\nWORKDIR /w${mark}\nCOPY big /${mark}\n`;
    const one = await buildImage(`${base}COPY big /one\nCMD ["one"]\n`);
    const two = await buildImage(`${base}RUN echo two > /two\nENV A=b\n`);
    const before = await engine.diskUsage(signal);
    const bytes = await imageBytes(engine, before.images);
    const ofOne = bytes.freed(new Set([one]));
    const ofBoth = bytes.freed(new Set([one, two]));
    expect(ofOne).toBe(3_000_000);
    expect(ofBoth).toBe(6_000_004);
    await engine.removeImage(one);
    await engine.removeImage(two);
    // BuildKit releases cache records shortly after the build has ended.
    await waitUntil(async () =>
      (await engine.diskUsage(signal)).buildCache.every(({ inUse }) => !inUse),
    );
    const after = await engine.diskUsage(signal);
    expect((before.layersSize ?? 0) - (after.layersSize ?? 0)).toBe(ofBoth);
    const cache = after.buildCache.filter(({ inUse }) => !inUse).map((record) => record.id);
    expect(await engine.pruneBuildCache(cache, signal)).toBeGreaterThanOrEqual(0);
    expect((await engine.diskUsage(signal)).buildCache.filter(({ inUse }) => !inUse)).toEqual([]);
    await fixture.close();
  });
});
