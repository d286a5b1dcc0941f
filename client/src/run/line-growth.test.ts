import { expect, test } from 'vitest';
import { cpuTime } from '../../../test/cpu-time.ts';
import { runPlace } from '../../../test/run-lines.ts';
import { specOfValues } from './spec-of-values.ts';
import { valuesOf } from './values-of-spec.ts';
import { lineOfSpec, specOfLine } from './line.ts';

/** Lines that grow with a number, each of another kind. */
const kinds: Readonly<Record<string, (count: number) => string>> = {
  'escapes in a word': (n) => `docker run x ${'\\a'.repeat(n)}`,
  'backslashes in a path': (n) => `docker run -v C:${'\\a'.repeat(n)} x`,
  variables: (n) => `docker run ${'-e A=b '.repeat(n)} x`,
  ports: (n) => `docker run ${'-p 80:80 '.repeat(n)} x`,
  'unknown options': (n) => `docker run ${'--zz '.repeat(n)} x`,
  'switches in one word': (n) => `docker run -${'i'.repeat(n)} x`,
  'options of docker': (n) => `docker ${'-D '.repeat(n)} run x`,
  'assignments before docker': (n) => `${'A=b '.repeat(n)} docker run x`,
  spaces: (n) => `docker run ${' '.repeat(n)} x`,
  tabs: (n) => `docker run x${'\t '.repeat(n)} y`,
  'continued lines': (n) => `docker run ${' `\n'.repeat(n)} x`,
  'unknown variables': (n) =>
    `docker run x ${Array.from({ length: n }, (_, i) => `$A${i}`).join(' ')}`,
  'open substitutions': (n) => `docker run x ${'$('.repeat(n)}`,
  'open quotes': (n) => `docker run x ${'$"a'.repeat(n)}`,
  'escapes in ANSI-C quotes': (n) => `docker run x $'${'\\n'.repeat(n)}'`,
  'words of the command': (n) => `docker run x ${'a '.repeat(n)}`,
  'digits of a duration': (n) => `docker run --health-interval ${'1'.repeat(n)} x`,
  'digits of a size': (n) => `docker run -m ${'1'.repeat(n)}x x`,
  'fields of a mount': (n) => `docker run --mount type=bind,${'a=b,'.repeat(n)} x`,
  'quotes in a mount': (n) => `docker run --mount '"${'"",'.repeat(n)}' x`,
  'options of a volume': (n) => `docker run -v /a:/b:${'ro,'.repeat(n)} x`,
  'fields of a network': (n) => `docker run --network ${'name=a,'.repeat(n)} x`,
};

test.each(Object.entries(kinds))('takes time in proportion to the number of %s', (_, make) => {
  const time = (count: number): number => {
    const line = make(count);
    const rounds = Array.from({ length: 3 }, () =>
      cpuTime(() => {
        const { spec } = specOfLine(line, runPlace);
        lineOfSpec(spec);
        specOfValues(valuesOf(spec), runPlace);
      }),
    );
    return Math.min(...rounds);
  };
  time(1000);
  const [once, fourTimes] = [time(15_000), time(60_000)];
  // Time that grows with the square of the length would be 16 times as long.
  expect(fourTimes).toBeLessThan(8 * once + 100);
});

test('accepts a line of some megabytes', () => {
  const { spec } = specOfLine(`docker run ${'-e A=b '.repeat(400_000)} x`, runPlace);
  expect(spec.lists.env).toHaveLength(400_000);
  expect(lineOfSpec(spec)).toHaveLength('docker run x'.length + 400_000 * 7);
  const quoted = `docker run x $'${'\\na'.repeat(3_000_000)}'`;
  expect(specOfLine(quoted, runPlace).spec.command[0]).toHaveLength(6_000_000);
  const fields = `docker run --mount 'type=bind,${'"a",'.repeat(3_000_000)}' x`;
  expect(specOfLine(fields, runPlace).spec.image).toBe('x');
});
