import { expect, test } from 'vitest';
import { dockerfile } from '../text/dedent.ts';
import { folding } from './folding.ts';
import { symbols, type OutlineItem } from './symbols.ts';
import { markedDocument } from '../../../test/marked-document.ts';

const source = dockerfile`
  # syntax=docker/dockerfile:1
  # A word
  # on this
  ARG V=3
  FROM python:$V AS build
  RUN apt-get update && \
      apt-get install -y curl
  COPY <<a <<b /x/
  1
  a
  2
  b

  #region end
  FROM build
  USER app
  #endregion
`;

function outlineText(items: readonly OutlineItem[], indent = ''): readonly string[] {
  return items.flatMap(({ name, detail, children }) => [
    `${indent}${name}${detail === undefined ? '' : `: ${detail}`}`,
    ...outlineText(children, `${indent}  `),
  ]);
}

test('the outline contains stages with their instructions', () => {
  expect(outlineText(symbols(markedDocument(source).document)).join('\n')).toMatchInlineSnapshot(`
    "syntax: docker/dockerfile:1
    ARG: V=3
    build: python:3
      RUN: apt-get update && apt-get install -y curl
      COPY: <<a <<b /x/ 1 a 2 b
    build
      USER: app"
  `);
});

test('the selection of an outline item is within its span', () => {
  const check = (items: readonly OutlineItem[]): void => {
    for (const { span, selection, children } of items) {
      expect(span.start).toBeLessThanOrEqual(selection.start);
      expect(span.end).toBeGreaterThanOrEqual(selection.end);
      check(children);
    }
  };
  check(symbols(markedDocument(source).document));
  check(symbols(markedDocument('FROM\nFROM a AS\nONBUILD\nXYZ').document));
});

test('folds stages, long instructions, additional heredocs, comments and regions', () => {
  const { document } = markedDocument(source);
  const lines = folding(document).map(({ span, kind }) => {
    const [start, end] = [span.start, span.end].map((at) => document.lines.positionAt(at).line + 1);
    return `${start}-${end} ${kind}`;
  });
  expect(lines).toMatchInlineSnapshot(`
    [
      "2-3 comment",
      "5-12 stage",
      "6-7 instruction",
      "8-12 instruction",
      "10-12 heredoc",
      "14-17 region",
      "15-16 stage",
    ]
  `);
});

test('folds blocks of comments within RUN and its heredocs', () => {
  const text = dockerfile`
    FROM a
    RUN a && \
        # one
        # two
        b && \
        # alone
        c
    RUN <<EOF
    #!/bin/sh
    # three
      # four
    d # five
    EOF
  `;
  const { document } = markedDocument(text);
  const comments = folding(document)
    .filter(({ kind }) => kind === 'comment')
    .map(({ span }) =>
      text
        .slice(span.start, span.end)
        .split('\n')
        .map((line) => line.trim()),
    );
  expect(comments).toEqual([
    ['# one', '# two'],
    ['# three', '# four'],
  ]);
});
