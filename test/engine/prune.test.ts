/** Prune on the real engine: what the preview says it frees is what it frees. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { imageBytes } from '../../client/src/prune/image-bytes.ts';
import { fileEntry, packTar } from '../../client/src/engine/tar.ts';
import { all, eventually } from './contract.ts';
import { realBench, realEngine } from './real.ts';

const real = await realEngine();
const { signal } = new AbortController();

describe.skipIf(real === undefined)('prune on a real engine', () => {
  test('shared layers are counted once, and what is freed was foretold', async () => {
    const bench = await realBench(real!);
    const { engine, image } = bench;
    const built = async (dockerfile: string): Promise<string> => {
      const context = packTar([
        fileEntry('Dockerfile', dockerfile),
        fileEntry('big', new Uint8Array(3_000_000)),
      ]);
      const tag = `localhost/drydock-test:${randomUUID()}`;
      await all(engine.build(context, { dockerfile: 'Dockerfile', tags: [tag] }, signal));
      return (await engine.images()).find(({ tags }) => tags.includes(tag))?.id ?? '';
    };
    const mark = randomUUID();
    const base = `FROM ${image}\nLABEL a=${mark}\nWORKDIR /w${mark}\nCOPY big /${mark}\n`;
    const one = await built(`${base}COPY big /one\nCMD ["one"]\n`);
    const two = await built(`${base}RUN echo two > /two\nENV A=b\n`);
    const before = await engine.diskUsage(signal);
    const bytes = await imageBytes(engine, before.images, new Set([one, two]));
    const alone = bytes.freed(new Set([one]));
    const both = bytes.freed(new Set([one, two]));
    expect(alone).toBe(3_000_000);
    expect(both).toBe(6_000_004);
    await engine.removeImage(one);
    await engine.removeImage(two);
    // BuildKit lets go of what a build held a moment after the build has ended.
    await eventually(async () =>
      (await engine.diskUsage(signal)).buildCache.every(({ inUse }) => !inUse),
    );
    const after = await engine.diskUsage(signal);
    expect((before.layersSize ?? 0) - (after.layersSize ?? 0)).toBe(both);
    const cache = after.buildCache.filter(({ inUse }) => !inUse).map((record) => record.id);
    expect(await engine.pruneBuildCache(cache, signal)).toBeGreaterThanOrEqual(0);
    expect((await engine.diskUsage(signal)).buildCache.filter(({ inUse }) => !inUse)).toEqual([]);
    await bench.close();
  });
});
