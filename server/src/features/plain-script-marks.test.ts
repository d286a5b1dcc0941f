import { expect, test } from 'vitest';
import { dockerfiles } from '../../../test/dockerfiles.ts';
import { createRandom } from '../../../test/random.ts';
import { parseOneLine } from '../shell/one-line.ts';
import { PlainScript } from '../shell/plain-script.ts';
import { parse } from '../syntax/parse.ts';
import { Marks } from './marks.ts';
import { Painter } from './painting.ts';
import { always, plainScriptMarks, scriptMarks } from './semantic-shell.ts';

/** The tokens of marks as text. */
function painted(text: string, add: (marks: Marks) => void): readonly string[] {
  const marks = new Marks();
  add(marks);
  const tokens = new Marks();
  new Painter({ text, escape: '\\' }, tokens).paint(marks);
  return Array.from({ length: tokens.count }, (_, i) => {
    const place = `${tokens.start(i)}-${tokens.end(i)}`;
    return `${place} ${tokens.type(i)} ${tokens.modifiers(i)}`;
  });
}

const plain = new PlainScript();

/** Whether a script is read without its tree; its tokens are those of its tree. */
function expectSame(text: string): boolean {
  if (!plain.read({ at: 0, text })) return false;
  const script = parseOneLine({ at: 0, text }, 'bash');
  const found = painted(text, (marks) => {
    plainScriptMarks(text, plain, marks);
  });
  const ofTree = painted(text, (marks) => {
    scriptMarks(text, script, always, marks);
  });
  expect(found, text).toEqual(ofTree);
  return true;
}

test('marks plain scripts of real files as their trees are marked', () => {
  const scripts = dockerfiles.flatMap((file) =>
    parse(file).instructions.flatMap((one) =>
      one.kind === 'RUN' && one.command?.form === 'shell' ? [one.command.script.text] : [],
    ),
  );
  expect(scripts.filter(expectSame).length).toBeGreaterThan(scripts.length / 5);
});

const words = [
  ...['a', 'A=', 'A+=b', '$A', '${A}', '"', '"x $A"', "'y'", '-', '-v', '--opt=b', '-$A', '--x"y"'],
  ...[' ', ' ', ' ', ';', '&&', ' && ', '|', ' || ', '\\\n', '=', '/', '$', '[', '!', 'é'],
];

test('marks plain scripts of words in any order as their trees are marked', () => {
  const next = createRandom(9);
  let count = 0;
  for (let i = 0; i < 20_000; i++) {
    const length = 1 + Math.floor(next() * 12);
    const text = Array.from({ length }, () => words[Math.floor(next() * words.length)]).join('');
    if (expectSame(text)) count++;
  }
  expect(count).toBeGreaterThan(2000);
});
