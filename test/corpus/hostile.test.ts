/** Whatever stands in a file a thousand times, no rule searches it again and again, and none waits for ever. */
import { expect, test } from 'vitest';
import { effort } from '../effort.ts';
import { lint } from '../../server/src/lint/lint.ts';
import { createModel } from '../../server/src/model/lazy-model.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { rules } from '../../server/src/rules/index.ts';

/** Signs and words of which regular expressions and searches make much. */
const parts = ['a', 'A1', '0', '/', '://', 'a:', '@', '=', '--a', '.', '*', '$', '$A', '${A}', '"', "'", '\\', '{a,', ';', '|', '&&', ' ', ' \\\n', '<<', '$(', '`', '!', '#', '%A%', 'a/', '../', '[', 'a=b ', 'é']; // prettier-ignore

/** Where they stand. */
const frames: readonly (readonly [before: string, behind: string])[] = [
  ['# ', '\nFROM a:1\n'],
  ['FROM ', '!\n'],
  ...['x ', 'x', '--mount=', 'apt-get install ', 'pip install ', 'npm install ', 'find . -name ', 'git clone ', 'curl -o x http://', 'wget ', 'chmod ', 'sed -i "s/'].map((run) => [`FROM a:1\nRUN ${run}`, ' !\n'] as const), // prettier-ignore
  ...['ENV GPG_KEY=', 'ENV A=http://', 'COPY ', 'LABEL a=', 'WORKDIR ', 'CMD ["', 'HEALTHCHECK CMD ', 'EXPOSE ', 'ADD http://', 'USER '].map((keyword) => [`FROM a:1\n${keyword}`, '!\n'] as const), // prettier-ignore
  ['FROM a:1\nSHELL ["powershell"]\nRUN ', '!\n'],
];

const length = 3000;
/** Milliseconds; a few are usual. What is searched again for each of its parts takes a second. */
const most = 500;

test.each(frames)('%j', (before, behind) => {
  const slow = parts.flatMap((part) => {
    const text = before + part.repeat(Math.ceil(length / part.length)) + behind;
    const look = (): unknown =>
      lint(createModel(parse(text)), rules, { everyRule: true, rules: {} });
    // Code that was never run before may be compiled meanwhile: only what is slow twice is slow.
    const isSlow = effort(look) > most && effort(look) > most;
    return isSlow ? [part] : [];
  });
  expect(slow).toEqual([]);
});
