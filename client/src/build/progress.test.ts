import { expect, test } from 'vitest';
import type { BuildEvent } from '../../../contract/build.ts';
import { createProgressFormatter } from './progress.ts';

function formatted(...events: readonly BuildEvent[]): string {
  const format = createProgressFormatter();
  return events.map(format).join('');
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

test('shows parts that have ended, once', () => {
  const part = {
    kind: 'progress',
    id: 'a',
    item: 'transferring context:',
    action: 'transferring',
  } as const;
  expect(
    formatted(
      step('a', 'running'),
      { ...part, current: 1000, done: false },
      { ...part, current: 41_000, done: true },
      { ...part, current: 41_000, done: true },
    ),
  ).toBe('#1 [a] RUN x\n#1 transferring context: 41 kB\n');
});

test('uses colors and line ends of a terminal', () => {
  const format = createProgressFormatter({ terminal: true });
  expect(format(step('a', 'cached'))).toBe(
    '\x1b[1m#1 [a] RUN x\x1b[0m\r\n\x1b[2m#1\x1b[0m \x1b[32mCACHED\x1b[0m\r\n',
  );
});

test('removes control sequences from names', () => {
  const format = createProgressFormatter();
  const text = format({ kind: 'step', id: 'a', name: 'RUN \x1b]0;x\x07\x1b[2J', state: 'running' });
  expect(text).not.toContain('\x1b]');
  expect(text).not.toContain('\x1b[2J');
});
