import { expect, test } from 'vitest';
import type { BuildEvent } from '../engine/engine.ts';
import { progress } from './progress.ts';

const plain = (text: string) => text.replace(/\x1b\[\d+m/g, '').replaceAll('\r\n', '\n');

function shown(...events: readonly BuildEvent[]): string {
  const say = progress();
  return plain(events.map(say).join(''));
}

const step = (id: string, state: 'running' | 'done' | 'cached' | 'failed', more: object = {}) =>
  ({ kind: 'step', id, name: `[${id}] RUN x`, state, ...more }) as const;

test('steps with their times, apart where they alternate', () => {
  expect(
    shown(
      step('a', 'running'),
      { kind: 'log', id: 'a', text: 'one\ntw' },
      { kind: 'log', id: 'a', text: 'o\n' },
      step('b', 'running'),
      step('b', 'cached'),
      step('a', 'done', { duration: 1234 }),
      { kind: 'image', id: 'sha256:1' },
    ),
  ).toMatchInlineSnapshot(`
    "#1 [a] RUN x
    #1 one
    #1 two

    #2 [b] RUN x
    #2 CACHED

    #1 [a] RUN x
    #1 DONE 1.2 s

    Built sha256:1
    "
  `);
});

test('an unfinished line is shown before the end of its step', () => {
  expect(
    shown(
      step('a', 'running'),
      { kind: 'log', id: 'a', text: 'no end' },
      step('a', 'failed', { duration: 125_000, error: 'exit code: 7' }),
    ),
  ).toBe('#1 [a] RUN x\n#1 no end\n#1 ERROR 2 min 5 s: exit code: 7\n');
});

test('a bar that draws over itself is shown as it ended', () => {
  const text = '10 %\r50 %\r100 %\r\n';
  expect(shown({ kind: 'log', id: 'a', text })).toContain('#1 100 %\n');
});

test('warnings say their line', () => {
  const text = 'Old form';
  expect(shown({ kind: 'warning', text, line: 3 })).toBe('\nWarning: Old form (line 3)\n');
});

test('names cannot steer the terminal', () => {
  const say = progress();
  const text = say({ kind: 'step', id: 'a', name: 'RUN \x1b]0;x\x07\x1b[2J', state: 'running' });
  expect(text).not.toContain('\x1b]');
  expect(text).not.toContain('\x1b[2J');
});
