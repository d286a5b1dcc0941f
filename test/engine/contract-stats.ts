/** The engine contract for container stats. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Usage } from '../../client/src/engine/usage.ts';
import { readAll, engineErrorOf, withTimeout, type EngineFixture } from './contract.ts';

export function statsContract(getFixture: () => EngineFixture): void {
  describe('stats', () => {
    const never = new AbortController().signal;
    const first = async (stream: AsyncIterable<Usage>): Promise<Usage | undefined> => {
      for await (const usage of stream) return usage;
      return undefined;
    };

    test('are measured for a running container', async () => {
      const { engine } = getFixture();
      const usage = await withTimeout(
        first(engine.stats(await getFixture().create(), never)),
        'a measurement',
      );
      expect(usage?.cpu).toBeGreaterThanOrEqual(0);
      expect(usage?.processes).toBeGreaterThan(0);
      expect(usage?.memoryLimit).toBeGreaterThan(usage?.memory ?? Infinity);
      for (const count of [usage?.received, usage?.sent, usage?.read, usage?.written])
        expect(count).toBeGreaterThanOrEqual(0);
    });

    test('end when the container exits', async () => {
      const { engine } = getFixture();
      const id = await getFixture().create();
      const measured: Usage[] = [];
      const reading = (async () => {
        for await (const usage of engine.stats(id, never)) {
          measured.push(usage);
          if (measured.length === 1) await engine.kill(id);
        }
      })();
      await withTimeout(reading, 'the end of the measurements');
      expect(measured.length).toBeGreaterThan(0);
    });

    test('are empty for a container that is not running', async () => {
      const { engine } = getFixture();
      const id = await getFixture().create({ started: false });
      expect(await withTimeout(readAll(engine.stats(id, never)), 'no measurements')).toEqual([]);
    });

    test('continue while the container is paused', async () => {
      const { engine } = getFixture();
      const id = await getFixture().create();
      await engine.pause(id);
      // The first measurement can include CPU time from before the pause.
      const idle = async (): Promise<Usage | undefined> => {
        for await (const usage of engine.stats(id, never)) if (usage.cpu === 0) return usage;
        return undefined;
      };
      expect(
        (await withTimeout(idle(), 'a measurement without CPU usage'))?.processes,
      ).toBeGreaterThan(0);
      await engine.unpause(id);
    });

    test('end without an error when aborted', async () => {
      const { engine } = getFixture();
      const stop = new AbortController();
      const reading = (async () => {
        for await (const usage of engine.stats(await getFixture().create(), stop.signal)) {
          if (usage.at > 0) stop.abort();
        }
      })();
      await withTimeout(reading, 'the end after an abort');
      expect(await readAll(engine.stats(await getFixture().create(), stop.signal))).toEqual([]);
    });

    test('report a missing container', async () => {
      const none = `drydock-test-${randomUUID()}`;
      expect((await engineErrorOf(readAll(getFixture().engine.stats(none, never)))).kind).toBe(
        'missing',
      );
    });
  });
}
