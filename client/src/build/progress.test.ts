import { expect, test } from 'vitest';
import type { BuildEvent } from '../../../contract/build.ts';
import { createProgressFormatter } from './progress.ts';

const plain = (text: string) => text.replace(/\x1b\[\d+m/g, '').replaceAll('\r\n', '\n');

function formatted(...events: readonly BuildEvent[]): string {
  const format = createProgressFormatter();
  return plain(events.map(format).join(''));
}

const step = (id: string, state: 'running' | 'done' | 'cached' | 'failed', more: object = {}) =>
  ({ kind: 'step', id, name: `[${id}] RUN x`, state, ...more }) as const;

test('formats steps with durations, and repeats the heading when steps alternate', () => {
  expect(
    formatted(
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

test('shows an unfinished line before the end of its step', () => {
  expect(
    formatted(
      step('a', 'running'),
      { kind: 'log', id: 'a', text: 'no end' },
      step('a', 'failed', { duration: 125_000, error: 'exit code: 7' }),
    ),
  ).toBe('#1 [a] RUN x\n#1 no end\n#1 ERROR 2 min 5 s: exit code: 7\n');
});

test('shows the last state of a progress bar', () => {
  const text = '10 %\r50 %\r100 %\r\n';
  expect(formatted({ kind: 'log', id: 'a', text })).toContain('#1 100 %\n');
});

test('shows the line of a warning', () => {
  const text = 'Old form';
  expect(formatted({ kind: 'warning', text, line: 3 })).toBe('\nWarning: Old form (line 3)\n');
});

test('removes control sequences from names', () => {
  const format = createProgressFormatter();
  const text = format({ kind: 'step', id: 'a', name: 'RUN \x1b]0;x\x07\x1b[2J', state: 'running' });
  expect(text).not.toContain('\x1b]');
  expect(text).not.toContain('\x1b[2J');
});
