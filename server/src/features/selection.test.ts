import { expect, test } from 'vitest';
import { markedDocument } from '../../../test/marked-document.ts';
import { selection } from './selection.ts';

/** The texts selected by expanding step by step; the last one is the file. */
function selectionsOf(source: string): readonly string[] {
  const { document, offset } = markedDocument(source);
  return selection(document, offset).map(({ start, end }) => document.text.slice(start, end));
}

test('expands to word, argument, instruction, stage and file', () => {
  expect(selectionsOf('FROM a\nCOPY --chown=1:1 src/ma‸in.c /x/\nFROM b\n')).toEqual([
    'main',
    'src/main.c',
    'src/main.c /x/',
    'COPY --chown=1:1 src/main.c /x/',
    'FROM a\nCOPY --chown=1:1 src/main.c /x/',
    'FROM a\nCOPY --chown=1:1 src/main.c /x/\nFROM b\n',
  ]);
});

test('expands to word, command, statement and script', () => {
  expect(selectionsOf('FROM a\nRUN apt update && echo "a $B‸c"; ls').slice(0, -1)).toEqual([
    'Bc',
    '$Bc',
    'a $Bc',
    '"a $Bc"',
    'echo "a $Bc"',
    'apt update && echo "a $Bc"',
    'apt update && echo "a $Bc"; ls',
    'RUN apt update && echo "a $Bc"; ls',
  ]);
});

test('expands within mounts, pairs and heredocs', () => {
  expect(selectionsOf('FROM a\nRUN --mount=type=cache,tar‸get=/x ls').slice(0, 4)).toEqual([
    'target',
    'target=/x',
    'type=cache,target=/x',
    '--mount=type=cache,target=/x',
  ]);
  expect(selectionsOf('FROM a\nENV A="b ‸c" D=e').slice(0, 5)).toEqual([
    'c',
    'b c',
    '"b c"',
    'A="b c"',
    'A="b c" D=e',
  ]);
  expect(selectionsOf('FROM a\nCOPY <<E /x\nhel‸lo\nthere\nE\n').slice(0, 3)).toEqual([
    'hello',
    'hello\nthere\n',
    'hello\nthere\nE',
  ]);
});

test('selects the file on an empty line', () => {
  expect(selectionsOf('‸')).toEqual(['']);
  expect(selectionsOf('FROM a\n\n‸\n').at(-1)).toBe('FROM a\n\n\n');
});
