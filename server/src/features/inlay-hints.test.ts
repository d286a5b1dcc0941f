import { expect, test } from 'vitest';
import { markedDocument } from '../../../test/marked-document.ts';
import { inlayHints, type HintKind } from './inlay-hints.ts';

/** The text with its hints in brackets. */
function withHints(source: string, ...off: readonly HintKind[]): string {
  const { text } = markedDocument(source).document;
  const all = {
    fromArguments: true,
    baseImages: true,
    stageNames: true,
    workdir: true,
    repeats: 1,
  };
  const wanted = { ...all, ...Object.fromEntries(off.map((kind) => [kind, false])) };
  const hints = inlayHints(markedDocument(source).document, { start: 0, end: text.length }, wanted);
  return hints.reduceRight(
    (shown, hint) => `${shown.slice(0, hint.offset)}[${hint.text}]${shown.slice(hint.offset)}`,
    text,
  );
}

test('shows the image that results from variables', () => {
  const source = 'ARG V=3\nFROM python:$V AS a\nFROM a\nFROM $W';
  expect(withHints(source)).toBe('ARG V=3\nFROM python:$V[python:3] AS a\nFROM a\nFROM $W');
  expect(withHints(source, 'fromArguments')).toBe(source);
});

test('shows the root image of a stage, unless its FROM is nearby', () => {
  const far = '\n'.repeat(9);
  const source = `ARG V=3\nFROM python:$V AS a\nFROM a AS b\n${far}FROM b AS c\nFROM scratch AS d\n${far}FROM d`;
  const shown = source
    .replace('python:$V', 'python:$V[python:3]')
    .replace('FROM b AS', 'FROM b[python:3] AS')
    .replace('FROM d', 'FROM d[scratch]');
  expect(withHints(source)).toBe(shown);
  expect(withHints(source, 'baseImages', 'fromArguments')).toBe(source);
});

test('shows the stage that a number refers to', () => {
  const source =
    'FROM a AS b\nFROM c:1\nFROM d\nCOPY --from=0 /x /x\nCOPY --from=1 /x /x\nRUN --mount=from=1,target=/x y\nCOPY --from=b /x /x';
  expect(withHints(source)).toBe(
    'FROM a AS b\nFROM c:1\nFROM d\nCOPY --from=0[b] /x /x\nCOPY --from=1[c:1] /x /x\nRUN --mount=from=1,target=/x y\nCOPY --from=b /x /x',
  );
  expect(withHints(source, 'stageNames')).toBe(source);
});

test('shows the absolute path of a relative path, unless its WORKDIR is nearby', () => {
  const far = '\n'.repeat(9);
  const source = `FROM a\nWORKDIR /app\nCOPY a .\n${far}COPY a ../b/\nWORKDIR src\nCOPY a /x`;
  expect(withHints(source)).toBe(
    `FROM a\nWORKDIR /app\nCOPY a .\n${far}COPY a ../b/[/b/]\nWORKDIR src[/app/src]\nCOPY a /x`,
  );
  expect(withHints(source, 'workdir')).toBe(source);
});

test('uses the working directory of the parent stage', () => {
  expect(withHints('FROM a AS b\nWORKDIR /app\nFROM b\nADD x y')).toBe(
    'FROM a AS b\nWORKDIR /app\nFROM b\nADD x y[/app/y]',
  );
});

test('shows nothing if the working directory is unknown', () => {
  const source = 'FROM a\nCOPY x y\nWORKDIR z';
  expect(withHints(source)).toBe(source);
});

test('shows the same hint only as often as wanted, in each stage', () => {
  const far = '\n'.repeat(9);
  const source = `FROM a AS s\nWORKDIR /app\n${far}COPY a .\nCOPY b .\nCOPY b x\nFROM s\n${far}COPY c .`;
  expect(withHints(source)).toBe(
    `FROM a AS s\nWORKDIR /app\n${far}COPY a .[/app]\nCOPY b .\nCOPY b x[/app/x]\nFROM s[a]\n${far}COPY c .[/app]`,
  );
  const { document } = markedDocument(source);
  const all = {
    fromArguments: true,
    baseImages: true,
    stageNames: true,
    workdir: true,
    repeats: 2,
  };
  const second = source.indexOf('COPY b .');
  // What is above a part of the text counts, even if only the part is requested.
  const within = { start: second, end: second + 8 };
  expect(inlayHints(document, within, all)).toHaveLength(1);
  expect(inlayHints(document, within, { ...all, repeats: 1 })).toEqual([]);
});
