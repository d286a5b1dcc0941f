/** Rules do not take quadratic time or longer for any text that is repeated thousands of times. */
import { expect, test } from 'vitest';
import { cpuTime } from '../cpu-time.ts';
import { lint } from '../../server/src/lint/lint.ts';
import { createModel } from '../../server/src/model/lazy-model.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { rules } from '../../server/src/rules/index.ts';

/** Text that can make regular expressions and searches slow if it is repeated. */
const parts = [
  ...['a', 'A1', '0', '/', '://', 'a:', '@', '=', '--a', '.', '*', '$', '$A', '${A}', '"', "'"],
  ...['\\', '{a,', ';', '|', '&&', ' ', ' \\\n', '<<', '$(', '`', '!', '#', '%A%', 'a/', '../'],
  ...['[', 'a=b ', 'é'],
];

const commands = [
  ...['x ', 'x', '--mount=', 'apt-get install ', 'pip install ', 'npm install ', 'find . -name '],
  ...['git clone ', 'curl -o x http://', 'wget ', 'chmod ', 'sed -i "s/'],
];
const instructions = [
  ...['ENV GPG_KEY=', 'ENV A=http://', 'COPY ', 'LABEL a=', 'WORKDIR ', 'CMD ["'],
  ...['HEALTHCHECK CMD ', 'EXPOSE ', 'ADD http://', 'USER '],
];

/** The texts before and after the repeated text. */
const frames: readonly (readonly [before: string, after: string])[] = [
  ['# ', '\nFROM a:1\n'],
  ['FROM ', '!\n'],
  ...commands.map((command) => [`FROM a:1\nRUN ${command}`, ' !\n'] as const),
  ...instructions.map((instruction) => [`FROM a:1\n${instruction}`, '!\n'] as const),
  ['FROM a:1\nSHELL ["powershell"]\nRUN ', '!\n'],
];

const length = 3000;
/** Milliseconds of CPU time. A few are typical; quadratic time takes a second. */
const maxTime = 500;

test.each(frames)('%j', (before, after) => {
  const slow = parts.flatMap((part) => {
    const text = before + part.repeat(Math.ceil(length / part.length)) + after;
    const look = (): unknown =>
      lint(createModel(parse(text)), rules, { everyRule: true, rules: {} });
    // The first run may include the compilation of code, so a slow text must be slow twice.
    const isSlow = cpuTime(look) > maxTime && cpuTime(look) > maxTime;
    return isSlow ? [part] : [];
  });
  expect(slow).toEqual([]);
});
