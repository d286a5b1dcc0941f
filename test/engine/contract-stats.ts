/** What every engine promises of what containers take. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Usage } from '../../client/src/engine/usage.ts';
import { all, failure, within, type Bench } from './contract.ts';

export function statsContract(bench: () => Bench): void {
  describe('what containers take', () => {
    const never = new AbortController().signal;
    const first = async (stream: AsyncIterable<Usage>): Promise<Usage | undefined> => {
      for await (const usage of stream) return usage;
      return undefined;
    };

    test('is told while they run', async () => {
      const { engine } = bench();
      const usage = await within(
        first(engine.stats(await bench().create(), never)),
        'a measurement',
      );
      expect(usage?.cpu).toBeGreaterThanOrEqual(0);
      expect(usage?.processes).toBeGreaterThan(0);
      expect(usage?.memoryLimit).toBeGreaterThan(usage?.memory ?? Infinity);
      for (const count of [usage?.received, usage?.sent, usage?.read, usage?.written])
        expect(count).toBeGreaterThanOrEqual(0);
    });

    test('ends when they do', async () => {
      const { engine } = bench();
      const id = await bench().create();
      const measured: Usage[] = [];
      const reading = (async () => {
        for await (const usage of engine.stats(id, never)) {
          measured.push(usage);
          if (measured.length === 1) await engine.kill(id);
        }
      })();
      await within(reading, 'the end of the measurements');
      expect(measured.length).toBeGreaterThan(0);
    });

    test('is nothing where they do not run', async () => {
      const { engine } = bench();
      const id = await bench().create({ started: false });
      expect(await within(all(engine.stats(id, never)), 'no measurements')).toEqual([]);
    });

    test('goes on while they are paused', async () => {
      const { engine } = bench();
      const id = await bench().create();
      await engine.pause(id);
      // The way into the pause may still be counted.
      const idle = async (): Promise<Usage | undefined> => {
        for await (const usage of engine.stats(id, never)) if (usage.cpu === 0) return usage;
        return undefined;
      };
      expect((await within(idle(), 'a measurement of nothing'))?.processes).toBeGreaterThan(0);
      await engine.unpause(id);
    });

    test('ends at abort without an error', async () => {
      const { engine } = bench();
      const stop = new AbortController();
      const reading = (async () => {
        for await (const usage of engine.stats(await bench().create(), stop.signal)) {
          if (usage.at > 0) stop.abort();
        }
      })();
      await within(reading, 'the end after an abort');
      expect(await all(engine.stats(await bench().create(), stop.signal))).toEqual([]);
    });

    test('is missing where there is no such container', async () => {
      const none = `drydock-test-${randomUUID()}`;
      expect((await failure(all(bench().engine.stats(none, never)))).kind).toBe('missing');
    });
  });
}
