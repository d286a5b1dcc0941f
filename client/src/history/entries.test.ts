import { describe, expect, test } from 'vitest';
import { detailsOf } from '../engine/docker-api/inspect.ts';
import type { EngineEvent } from '../engine/engine.ts';
import { historyOf, historySummary, type HistoryEntry } from './entries.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const minute = 60_000;

/** Minutes before now, the action, and its attributes. */
function event(
  ago: number,
  action: string,
  attributes: Partial<Pick<EngineEvent, 'exitCode' | 'signal' | 'name'>> = {},
): EngineEvent {
  const timeNano = `${String(now - ago * minute)}000000`;
  return { objectType: 'container', id: 'c', action, timeNano, ...attributes };
}

function details(state: object = { Running: true }) {
  return detailsOf('container', { Id: 'c', Name: '/web', State: state });
}

const texts = (entries: readonly HistoryEntry[]): readonly string[] =>
  entries.map(({ text, detail }) => (detail === undefined ? text : `${text}: ${detail}`));

describe('entries', () => {
  test('are in the order of time, the latest first', () => {
    const events = [
      event(9, 'create'),
      event(8, 'start'),
      event(7, 'health_status: unhealthy'),
      event(6, 'health_status: healthy'),
      event(5, 'pause'),
      event(4, 'unpause'),
      event(3, 'exec_start: sh'),
      event(2, 'die', { exitCode: 3 }),
      event(1, 'start'),
    ];
    expect(texts(historyOf(events, details()))).toEqual([
      'restarted',
      'exited (3)',
      'unpaused',
      'paused',
      'healthy',
      'unhealthy',
      'started',
      'created',
    ]);
  });

  test('name what ended a container', () => {
    const events = [
      event(9, 'kill', { signal: '15' }),
      event(8, 'die', { exitCode: 143 }),
      event(7, 'oom'),
      event(6, 'die', { exitCode: 137 }),
      event(5, 'die', { exitCode: 137 }),
      event(4, 'die', { exitCode: 127 }),
    ];
    expect(texts(historyOf(events, details())).toReversed()).toEqual([
      'exited (143): after SIGTERM',
      'out of memory: The kernel killed a process of the container.',
      'exited (137): out of memory',
      'exited (137): killed (SIGKILL)',
      'exited (127): the command was not found',
    ]);
  });

  test('count a stop by the user as no failure', () => {
    const events = [
      event(9, 'kill', { signal: '9' }),
      event(8, 'die', { exitCode: 137 }),
      event(7, 'die', { exitCode: 1 }),
    ];
    expect(historyOf(events, details()).map(({ level }) => level)).toEqual(['error', 'plain']);
  });

  test('have the last start and exit of inspect if their events are forgotten', () => {
    const state = {
      Running: false,
      ExitCode: 137,
      OOMKilled: true,
      StartedAt: '2026-11-29T10:00:00.5Z',
      FinishedAt: '2026-11-29T11:00:00.5Z',
    };
    expect(texts(historyOf([], details(state)))).toEqual([
      'exited (137): out of memory',
      'started',
    ]);
  });

  test('do not repeat what inspect and an event report', () => {
    const state = {
      Running: false,
      ExitCode: 1,
      StartedAt: '2026-11-30T11:50:00.1Z',
      FinishedAt: '2026-11-30T11:51:00.2Z',
    };
    const events = [event(10, 'start'), event(9, 'die', { exitCode: 1 })];
    expect(texts(historyOf(events, details(state)))).toEqual(['exited (1)', 'started']);
  });
});

describe('summaries', () => {
  const summary = (...events: readonly EngineEvent[]) =>
    historySummary(historyOf(events, details()), now);

  test('count restarts in the last hour, with the last exit code', () => {
    const loop = Array.from({ length: 15 }, (_, index) => [
      event(40 - index, 'start'),
      event(39.5 - index, 'die', { exitCode: 137 }),
    ]).flat();
    expect(summary(...loop)).toEqual({
      text: '14 restarts in the last hour, exit code 137',
      level: 'error',
    });
    expect(
      summary(event(80, 'start'), event(30, 'die', { exitCode: 0 }), event(29, 'start')),
    ).toEqual({ text: '1 restart in the last hour, exit code 0', level: 'plain' });
  });

  test('name the end without restarts', () => {
    expect(summary(event(5, 'oom'), event(5, 'die', { exitCode: 137 }))).toEqual({
      text: 'exited (137), out of memory',
      level: 'error',
    });
  });

  test('count failed health checks', () => {
    const unhealthy = (ago: number) => event(ago, 'health_status: unhealthy');
    expect(summary(unhealthy(5))?.text).toBe('unhealthy in the last hour: 1×');
    expect(summary(unhealthy(5), unhealthy(3))?.text).toBe('unhealthy in the last hour: 2×');
  });

  test('do not report what happened long ago, or only a start', () => {
    expect(summary(event(90, 'die', { exitCode: 1 }))).toBeUndefined();
    expect(summary(event(5, 'start'))).toBeUndefined();
  });
});
