import { describe, expect, test } from 'vitest';
import { document } from '../../model/document.ts';
import { applyEdits } from '../../text/edit.ts';
import { lines } from '../../text/lines.ts';
import { dockerfile } from '../../text/dedent.ts';
import cases from './cases.json' with { type: 'json' };
import { format } from './format.ts';
import { onNewLine } from './on-new-line.ts';
import { type FormatOptions, defaultOptions } from './options.ts';

function formatted(text: string, options: Partial<FormatOptions> = {}): string {
  const edits = format(document('untitled:Dockerfile', text), { ...defaultOptions, ...options });
  return applyEdits(text, edits);
}

describe('the cases of dockerfile-utils', () => {
  // Options that dockerfile-utils does not have are off. `ours` is a deliberate difference, and `why` its reason.
  test.each(cases)('$id', (one) => {
    const { text, rows, tabs, tabSize, firstOnly, formatted: theirs, ours } = one;
    const map = lines(text);
    const [from, to] = rows ?? [];
    const range = from !== undefined &&
      to !== undefined && {
        start: map.offsetAt({ line: from, character: 0 }),
        end: map.offsetAt({ line: to, character: Infinity }),
      };
    const options: FormatOptions = {
      tabSize,
      insertSpaces: !tabs,
      keywordCase: 'keep',
      finalNewline: false,
      emptyLines: false,
      continuedLines: firstOnly !== true,
      emptyLineBeforeStages: false,
      mountsOnOwnLines: false,
      singleSpaces: false,
      heredocScripts: false,
      equalsSigns: false,
    };
    const edits = format(document('untitled:Dockerfile', text), options, range || undefined);
    expect(applyEdits(text, edits)).toBe(ours ?? theirs);
  });
});

test('a range of whole lines does not include the next line', () => {
  const text = ' FROM a\n  RUN b\n  RUN c\n';
  const one = document('untitled:Dockerfile', text);
  const lined = (start: number, end: number): string =>
    applyEdits(text, format(one, defaultOptions, { start, end }));
  expect(lined(0, text.indexOf('  RUN c'))).toBe('FROM a\nRUN b\n  RUN c\n');
  expect(lined(0, text.indexOf('RUN c'))).toBe('FROM a\nRUN b\nRUN c\n');
  const at = text.indexOf('  RUN c');
  expect(lined(at, at)).toBe(' FROM a\n  RUN b\nRUN c\n');
});

test('keeps vertically aligned arguments and indents others', () => {
  const aligned =
    'FROM a\nLABEL a=1 \\\n      # why\n      b=2 \\\n      c=3\nCOPY a \\\n     b /c/\n';
  expect(formatted(aligned)).toBe(aligned);
  expect(formatted('FROM a\nLABEL a=1 \\\n      b=2 \\\n  c=3\n')).toBe(
    'FROM a\nLABEL a=1 \\\n    b=2 \\\n    c=3\n',
  );
  expect(formatted('FROM a\nLABEL  a=1 \\\n       b=2\n')).toBe('FROM a\nLABEL a=1 \\\n    b=2\n');
});

test('formats case, whitespace, chains, lists and comments', () => {
  expect(
    formatted(dockerfile`
      # syntax=docker/dockerfile:1


        from   --platform=$BUILDPLATFORM   alpine   as build
      run   --mount=type=cache,target=/x   --network=none  \
       apk  update && \
        # why
            apk add  \
                 curl \

                 git && \
         for a in b c; do \
         echo "$a" \
           | cat; \
         done
      env A=1   B="two  words" \
             C=3
      cmd [ "a","b" ,  "c d" ]
      healthcheck   --interval=5s  cmd   ls   -l
      onbuild   copy  a   b
    `),
  ).toBe(dockerfile`
    # syntax=docker/dockerfile:1

    FROM --platform=$BUILDPLATFORM alpine AS build
    RUN --mount=type=cache,target=/x --network=none \
        apk update && \
        # why
        apk add  \
            curl \
            git && \
        for a in b c; do \
            echo "$a" \
                | cat; \
        done
    ENV A=1 B="two  words" \
        C=3
    CMD ["a", "b", "c d"]
    HEALTHCHECK --interval=5s CMD ls -l
    ONBUILD COPY a b
  `);
});

test('keeps `&&` at the start or the end of lines', () => {
  const text = 'FROM a\nRUN a \\\n && b \\\n   && c\nRUN a && \\\n  b && \\\n      c\n';
  expect(formatted(text, { tabSize: 2 })).toBe(
    'FROM a\nRUN a \\\n  && b \\\n  && c\nRUN a && \\\n  b && \\\n  c\n',
  );
});

test('keeps lines indented deeper than their command one level deeper', () => {
  const text = dockerfile`
    FROM a
    RUN apt-get install -y \
            curl \
            git \
        && case "$(uname -m)" in \
        x86_64) a=b ;; \
        *) \
        exit 1 ;; \
        esac
  `;
  const once = formatted(text, { tabSize: 2 });
  expect(once).toBe(dockerfile`
    FROM a
    RUN apt-get install -y \
        curl \
        git \
      && case "$(uname -m)" in \
        x86_64) a=b ;; \
        *) \
          exit 1 ;; \
      esac
  `);
});

test.each([
  ['quoted text on several lines', 'FROM a\nENV A="x   \\\n      y   \\\n z"\n'],
  ['quoted text in a script', 'FROM a\nRUN echo "a   \\\n      b"\n'],
  ['a substitution in quotes', 'FROM a\nRUN echo "$(echo "a \\\n      b")"\n'],
  ['a word on several lines', 'FROM a\nRUN echo a\\\nb\nEXPOSE 80\\\n81\n'],
  ['an escaped space', 'FROM a\nRUN echo a\\ \\\nb\n'],
  ['a heredoc', 'FROM a\nRUN cat <<EOF\n  a   \n\n\n b\nEOF\nCOPY <<-E /x\n\t  a  \n\tE\n'],
  ['the value of the legacy form of ENV', 'FROM a\nENV a   it"s"   c\n'],
  ['the legacy form on several lines', 'FROM a\nENV a   b \\\n   c\n'],
  ['a heredoc of another program', 'FROM a\nRUN python3 <<EOF\nif a:\n  b\nEOF\n'],
  ['a script with another interpreter', 'FROM a\nRUN <<EOF\n#!/usr/bin/python3\nif a:\n  b\nEOF\n'],
  ['a heredoc with a syntax error', 'FROM a\nRUN <<EOF\nif a\n b\nEOF\n'],
  ['one argument with spaces', 'FROM a\nWORKDIR /a   b\n'],
  ['a script of cmd', '# escape=`\nFROM a\nSHELL ["cmd", "/c"]\nRUN echo a `\n      b\n'],
  ['the script of an unknown shell', 'FROM a\nSHELL ["awk"]\nRUN a \\\n       b\n'],
  ['a script with a syntax error', 'FROM a\nRUN if a; then \\\n         b\n'],
  ['an unknown instruction', 'FROM a\n  foo   a   b\n'],
  ['an instruction that BuildKit rejects', 'FROM a\nenv  a="b   c\n'],
  ['a directive', '#  syntax = a  \n'],
  ['an unfinished script', 'FROM a\nRUN   a \\\n'],
])('does not change %s', (_, text) => {
  expect(formatted(text)).toBe(text);
});

test('does not turn a comment into a directive', () => {
  expect(formatted('\n\n\n# escape=`\nFROM a\n')).toBe('\n# escape=`\nFROM a\n');
  expect(formatted(' #!x\n# escape=`\nFROM a')).toBe(' #!x\n# escape=`\nFROM a\n');
});

test('keeps the kind of line breaks and adds the final one', () => {
  expect(formatted('from a\r\nrun b \\\r\n c\r\n\r\n\r\n')).toBe('FROM a\r\nRUN b \\\r\n    c\r\n');
  expect(formatted('FROM a\r\nRUN b')).toBe('FROM a\r\nRUN b\r\n');
  expect(formatted('FROM a', { finalNewline: false })).toBe('FROM a');
  expect(formatted('')).toBe('');
  expect(formatted('  \n \n')).toBe('');
});

test('supports lowercase and unchanged keywords', () => {
  expect(formatted('FROM a AS b\nHEALTHCHECK NONE\n', { keywordCase: 'lower' })).toBe(
    'from a as b\nhealthcheck none\n',
  );
  expect(formatted('From a As b\n', { keywordCase: 'keep' })).toBe('From a As b\n');
});

test('formats multi-line arrays', () => {
  expect(formatted('FROM a\nCMD [ \\\n"a" , \\\n  "b" \\\n  ]\n')).toBe(
    'FROM a\nCMD [ \\\n    "a", \\\n    "b" \\\n]\n',
  );
  expect(formatted('FROM a\nVOLUME ["/a","/b"]\nCOPY  ["a","b"]\nENTRYPOINT [ ]\n')).toBe(
    'FROM a\nVOLUME ["/a", "/b"]\nCOPY ["a", "b"]\nENTRYPOINT []\n',
  );
});

describe('indenting a new line', () => {
  test.each([
    ['RUN a && \\\n‸', '    '],
    ['RUN a && \\\n‸\nFROM b', '    '],
    ['RUN a \\\n  && b \\\n‸', '  '],
    ['RUN a \\\n  && b \\\n    ‸&& c', '  '],
    ['RUN --mount=type=cache \\\n‸', '    '],
    ["RUN a && \\\n  # it's\n  b \\\n‸", '  '],
    ['RUN a\n‸', ''],
    ['RUN a\n  ‸', '  '],
    ['RUN echo "a \\\n‸', ''],
    ['RUN echo a\\\n‸', ''],
    ['# a \\\n‸', ''],
    ['RUN <<E\na \\\n‸', ''],
    ['‸', ''],
  ])('%j', (marked, indent) => {
    const text = marked.replace('‸', '');
    const at = marked.indexOf('‸');
    const one = document('untitled:Dockerfile', text);
    const result = applyEdits(text, onNewLine(one, at, defaultOptions));
    const start = text.lastIndexOf('\n', at - 1) + 1;
    expect(/^[ \t]*/.exec(result.slice(start))?.[0]).toBe(indent);
  });
});

test('removes lines that follow one another with one edit, and only those of the range', () => {
  const text = 'FROM a\n\n\n\n\nRUN b \\\n\n\n  c\n\n\n';
  const subject = document('untitled:Dockerfile', text);
  const edits = format(subject, { ...defaultOptions, continuedLines: false });
  expect(edits.map(({ span }) => [span.start, span.end])).toEqual([
    [8, 11],
    [19, 21],
    [25, 27],
  ]);
  const part = format(subject, defaultOptions, { start: 9, end: 10 });
  expect(part).toEqual([{ span: { start: 9, end: 10 }, text: '' }]);
  expect(applyEdits(text, edits)).toBe('FROM a\n\nRUN b \\\n  c\n');
});

describe('lines of scripts', () => {
  test.each([
    ['a pipeline has one depth', 'RUN a \\\n| b \\\n  | c\n', 'RUN a \\\n    | b \\\n    | c\n'],
    [
      'substitutions are indented',
      'RUN x=$(curl \\\n -s \\\n       u) && \\\n  y\n',
      'RUN x=$(curl \\\n        -s \\\n        u) && \\\n    y\n',
    ],
    [
      'comments after the last line stay',
      'RUN a && \\\n  b\n  # why\n\n  # next\nRUN c\n',
      'RUN a && \\\n    b\n    # why\n\n# next\nRUN c\n',
    ],
    [
      'one space before a line break',
      'RUN a  \\\n  && b\t\t\\\n  && cc\n',
      'RUN a \\\n    && b \\\n    && cc\n',
    ],
    [
      'aligned line breaks stay',
      'RUN aa   \\\n    bb   \\\n    cccc\n',
      'RUN aa   \\\n    bb   \\\n    cccc\n',
    ],
    [
      'line breaks are aligned only if they still are after other changes',
      'RUN a   bcd \\\n    efghi   \\\n    j\n',
      'RUN a bcd \\\n    efghi \\\n    j\n',
    ],
    [
      'PowerShell is indented by braces',
      '# escape=`\nFROM a\nSHELL ["powershell"]\nRUN a; `\n  if (x) { `\n b `\n }\n',
      '# escape=`\nFROM a\nSHELL ["powershell"]\nRUN a; `\n    if (x) { `\n        b `\n    }\n',
    ],
    [
      'PowerShell has one space before a line break',
      '# escape=`\nFROM a\nSHELL ["powershell"]\nRUN a  `\n    -b "c  `\n d"   `\n    e\n',
      '# escape=`\nFROM a\nSHELL ["powershell"]\nRUN a `\n    -b "c  `\n d" `\n    e\n',
    ],
    [
      'cmd is indented after operators only',
      '# escape=`\nFROM a\nSHELL ["cmd", "/c"]\nRUN a && `\n  b c `\n   d\n',
      '# escape=`\nFROM a\nSHELL ["cmd", "/c"]\nRUN a && `\n    b c `\n   d\n',
    ],
    [
      'PowerShell is indented by the line with the open bracket',
      '# escape=`\nFROM a\nSHELL ["powershell"]\nRUN a -Wait `\n  -B @( `\n  "c", `\n  "d" `\n ); `\n e `\n     -f\n',
      '# escape=`\nFROM a\nSHELL ["powershell"]\nRUN a -Wait `\n        -B @( `\n            "c", `\n            "d" `\n        ); `\n    e `\n        -f\n',
    ],
    [
      'substitutions after `in` are indented',
      'RUN for a in $(b \\\n c \\\n    d); do \\\n e; \\\n done\n',
      'RUN for a in $(b \\\n        c \\\n        d); do \\\n        e; \\\n    done\n',
    ],
    ['an operator in the background stays', 'RUN a & \\\n  b\n', 'RUN a & \\\n    b\n'],
    ['spaces in quotes stay', 'RUN echo "a  \\\n  b"   c\n', 'RUN echo "a  \\\n  b" c\n'],
  ])('%s', (_, from, to) => {
    const text = from.startsWith('RUN') ? `FROM a\n${from}` : from;
    const expected = to.startsWith('RUN') ? `FROM a\n${to}` : to;
    expect(formatted(text)).toBe(expected);
    expect(formatted(expected)).toBe(expected);
  });
});

describe('options', () => {
  test('an empty line before a further stage, above its comments', () => {
    const text = 'ARG V\nFROM a\nRUN x\n# about b\nFROM b\nFROM c\n';
    expect(formatted(text)).toBe('ARG V\nFROM a\nRUN x\n\n# about b\nFROM b\nFROM c\n');
    expect(formatted(text, { emptyLineBeforeStages: false })).toBe(text);
  });
  test('several mounts on lines of their own', () => {
    const text = 'FROM a\nRUN --mount=target=/a --mount=target=/b x\nRUN --mount=target=/a y\n';
    expect(formatted(text)).toBe(
      'FROM a\nRUN --mount=target=/a \\\n    --mount=target=/b \\\n    x\nRUN --mount=target=/a y\n',
    );
    expect(formatted(text, { mountsOnOwnLines: false })).toBe(text);
    const heredoc = 'FROM a\nRUN --mount=target=/a \\\n    --mount=target=/b <<EOF\nx\nEOF\n';
    expect(formatted(heredoc)).toBe(heredoc);
  });
  test('one space between the words of a command', () => {
    const text = "FROM a\nRUN a   -b\t 'c  d' > x   &&  e\t|  f  ||  ! g;  h\n";
    expect(formatted(text)).toBe("FROM a\nRUN a -b 'c  d' > x && e | f || ! g; h\n");
    const aligned = 'FROM a\nRUN apt-get update  && \\\n    apt-get upgrade && \\\n    b\n';
    expect(formatted(aligned)).toBe(aligned);
    expect(formatted(text, { singleSpaces: false })).toBe(text);
    // The end of the first word is the start of the next line.
    expect(formatted('FROM a\nRUN echo a\\\n  b\n')).toBe('FROM a\nRUN echo a\\\n    b\n');
  });
  test('an equals sign in ENV and LABEL', () => {
    const text = 'FROM a\nENV  A  b\nENV B b  $c\nENV C "d  e"\nLABEL a.b c\n';
    expect(formatted(text)).toBe('FROM a\nENV A=b\nENV B="b  $c"\nENV C="d  e"\nLABEL a.b=c\n');
    expect(formatted(text, { equalsSigns: false })).toBe(text.replace('ENV  A  b', 'ENV A  b'));
    expect(formatted('# escape=`\nFROM a\nENV A C:\\d e\nENV B `a b\n')).toBe(
      '# escape=`\nFROM a\nENV A="C:\\d e"\nENV B `a b\n',
    );
    expect(formatted('FROM a\nENV A C:\\\\d\nENV B \\a\\$\nENV C C:\\\\d e\nENV D a\\b c\n')).toBe(
      'FROM a\nENV A=C:\\\\d\nENV B=\\a\\$\nENV C="C:\\\\d e"\nENV D a\\b c\n',
    );
  });
  test('scripts in heredocs', () => {
    const text = dockerfile`
      FROM a
      RUN <<EOF
      set -e
      if a;  then
      b \
        -c   d
      # why
      fi
        # e
      f() {
       # it's
      g "x
        y"
      }
      case $x in
      a) b ;;
      *)
      c
      ;;
      esac
      cat <<E &&
         kept
      E
        d
      for i in $(
      ls
      ); do
        echo $i |
          cat
      done
      EOF
    `;
    const once = formatted(text);
    expect(once).toBe(dockerfile`
      FROM a
      RUN <<EOF
      set -e
      if a;  then
          b \
              -c d
      # why
      fi
      # e
      f() {
          # it's
          g "x
        y"
      }
      case $x in
          a) b ;;
          *)
              c
              ;;
      esac
      cat <<E &&
         kept
      E
          d
      for i in $(
          ls
      ); do
          echo $i |
              cat
      done
      EOF
    `);
    expect(formatted(once)).toBe(once);
    expect(formatted(text, { heredocScripts: false, singleSpaces: false })).toBe(text);
  });
  test('an indented script stays indented, and tabs stay tabs after `<<-`', () => {
    expect(formatted('FROM a\nRUN <<E\n  a\n  if b; then\n  c\n  fi\nE\n')).toBe(
      'FROM a\nRUN <<E\n    a\n    if b; then\n        c\n    fi\nE\n',
    );
    const tabs = 'FROM a\nRUN <<-E\n\tif b; then\n\t\tc\n\tfi\n\tE\n';
    expect(formatted(tabs)).toBe(tabs);
  });
  test('a script in a heredoc that is too long to be read is not changed', () => {
    const text = `FROM a\nRUN <<E\ncat <<F\n  kept\nF\n${'if b; then\n  c\nfi\n'.repeat(15_000)}E\n`;
    expect(formatted(text)).toBe(text);
  });
});
