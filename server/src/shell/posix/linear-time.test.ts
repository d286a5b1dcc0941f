import { expect, test } from 'vitest';
import { cpuTime } from '../../../../test/cpu-time.ts';
import { parsePosix } from '../posix.ts';
import { DirectSource } from '../source.ts';

/** The shortest time of several rounds. */
function timeOf(text: string): number {
  let best = Infinity;
  for (let round = 0; round < 2; round++) {
    const took = cpuTime(() => parsePosix(new DirectSource({ at: 0, text }), 'bash'));
    best = Math.min(best, took);
  }
  return best;
}

const shapes: Readonly<Record<string, (parts: number) => string>> = {
  'lines of one RUN': (parts) => `true${' \\\n  && echo "$hello" $(world)'.repeat(parts)}`,
  'a heredoc': (parts) => `cat <<E\n${'echo $hello `world`\n'.repeat(parts)}E\n`,
  'heredocs that never end': (parts) => 'cat <<E\n'.repeat(parts),
  'open brackets': (parts) => 'a[ '.repeat(parts),
  'open arithmetic': (parts) => '$((a) '.repeat(parts),
  'open old arithmetic': (parts) => 'x $[a '.repeat(parts),
  'open patterns': (parts) => 'x @(a '.repeat(parts),
  'open braces': (parts) => `x ${'{a,'.repeat(parts)}`,
  'open tests': (parts) => `[[ ${'( '.repeat(parts)}`,
  'open quotes': (parts) => `echo ${'"a$(b '.repeat(parts)}`,
  'functions of functions': (parts) => 'f() '.repeat(parts),
  'coprocesses of coprocesses': (parts) => 'coproc '.repeat(parts),
  'words that go on': (parts) => `x ${'a\\\n'.repeat(parts)}`,
};

test.each(Object.entries(shapes))(
  '%s: ten times as many do not take a hundred times as long',
  (_, make) => {
    const few = timeOf(make(2000));
    const many = timeOf(make(20_000));
    // Quadratic time would be a hundred times as long; very short times cannot be measured.
    expect(many).toBeLessThan(Math.max(40 * few, 400));
  },
);

test('reports an error for very deep nesting instead of a stack overflow', () => {
  for (const piece of ['$((', '(', '{ ', '"$(', '${a:-', '<(', 'if ', '! f() ', '[[ ( '])
    expect(
      parsePosix(new DirectSource({ at: 0, text: piece.repeat(50_000) }), 'bash').errors,
    ).not.toEqual([]);
});
