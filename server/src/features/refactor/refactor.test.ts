import { describe, expect, test } from 'vitest';
import { markedDocument } from '../../../../test/marked-document.ts';
import { rules } from '../../rules/index.ts';
import { applyEdits } from '../../text/edit.ts';
import { fromRules } from './from-rules.ts';
import { refactorings } from './index.ts';
import { pinImage } from './pin-image.ts';
import type { RefactorKind, Refactoring } from './refactoring.ts';

/** The text after the refactoring with a title, or the available titles if there is none. */
function refactored(
  source: string,
  title: string,
  kind: RefactorKind = 'refactor.rewrite',
): string {
  const { document, offset, spans } = markedDocument(source);
  const place = spans[0] ?? { start: offset, end: offset };
  const found = refactorings(document, place, kind);
  const one = found.find((each) => each.title.startsWith(title));
  if (!one) return `not found; available: ${found.map((each) => each.title).join(', ')}`;
  return applyEdits(document.text, one.edits);
}

function titles(source: string, kind: RefactorKind = 'refactor.rewrite'): readonly string[] {
  const { document, offset, spans } = markedDocument(source);
  const place = spans[0] ?? { start: offset, end: offset };
  return refactorings(document, place, kind).map(({ title }) => title);
}

describe('converting a chain to a heredoc', () => {
  test('adds `set -e`, so that it ends at the first failure', () => {
    expect(refactored('FROM a\nR‸UN a && b | c && (d; )\n', 'Convert to heredoc')).toBe(
      'FROM a\nRUN <<EOF\nset -e\na\nb | c\n(d; )\nEOF\n',
    );
  });
  test('keeps comments, flags, options of set, and multi-line commands', () => {
    const chain =
      'FROM a\nRUN --mount=type=cache,target=/c \\\n    set -eux \\\n    # why\n    && apk add \\\n        a \\\n        # because\n        b \\\n    && x "1 \\\n  2"\n';
    expect(refactored(chain.replace('apk', 'a‸pk'), 'Convert to heredoc')).toBe(
      'FROM a\nRUN --mount=type=cache,target=/c \\\n    <<EOF\nset -eux\n# why\n# because\napk add \\\n    a \\\n    b\nx "1   2"\nEOF\n',
    );
  });
  test('can be reversed', () => {
    const chain = 'FROM a\nRUN a \\\n    # why\n    && b \\\n    && c\nUSER x\n';
    const heredoc = refactored(chain.replace('RUN', 'R‸UN'), 'Convert to heredoc');
    expect(refactored(heredoc.replace('RUN', 'R‸UN'), 'Convert to `&&` chain')).toBe(chain);
  });
  test.each([
    ['a chain that continues after a failure', 'RUN a || b && c'],
    ['a step that changes the options', 'RUN set +e && a'],
    ['a loop, which would end at its first failure', 'RUN for i in 1 2; do a; done && b'],
    ['several steps in a group', 'RUN { a; b; } && c'],
    ['a chain in a group, after which a shell does not end', 'RUN { a && b; } && c'],
    ['a negation, which never ends a script', 'RUN ! a && b'],
    ['a sourced script', 'RUN . ./env && b'],
    ['several steps in a substitution', 'RUN x=$(a; b) && c'],
    ['separate steps', 'RUN a; b && c'],
    ['a shell that is not a POSIX shell', 'SHELL ["pwsh", "-c"]\nRUN a && b'],
    ['a step in the background', 'RUN a && b &'],
    ['a comment after it', 'RUN a && b # c'],
    ['the exec form', 'RUN ["a", "&&", "b"]'],
    ['a command with a heredoc', 'RUN a <<EOF && b\nEOF'],
  ])('is not offered for %s', (_, run) => {
    const at = run.lastIndexOf('RUN') + 1;
    expect(titles(`FROM a\n${run.slice(0, at)}‸${run.slice(at)}\n`)).not.toContain(
      'Convert to heredoc',
    );
  });
  test('is not offered for syntax versions without heredocs', () => {
    const text = (version: string): string =>
      `# syntax=docker/dockerfile:${version}\nFROM a\nR‸UN a && b\n`;
    expect(titles(text('1.2'))).not.toContain('Convert to heredoc');
    expect(titles(text('1.10'))).toContain('Convert to heredoc');
  });
});

describe('converting a heredoc to a chain', () => {
  test.each([
    ['without set -e, where failures are passed over', 'a\nb'],
    ['with what goes on after a failure', 'set -e\na || b\nc'],
    ['with a chain in its middle, which set -e passes over', 'set -e\na && b\nc'],
    ['with a script of another language', '#!/usr/bin/env python3\nset -e'],
    ['with a line break in quotes', "set -e\necho 'a\nb'\nc"],
  ])('is not offered %s', (_, body) => {
    expect(titles(`FROM a\nR‸UN <<EOF\n${body}\nEOF\n`)).toEqual([]);
  });
});

describe('joining and splitting RUN instructions', () => {
  test('keeps comments between joined instructions', () => {
    expect(refactored('FROM a\nRUN ‸a; b\n\n# why\nRUN c && d\n', 'Join with next RUN')).toBe(
      'FROM a\nRUN a; b \\\n    # why\n    && c && d\n',
    );
    expect(refactored('FROM a\n«RUN a\nRUN b\nRUN c»\n', 'Join 3 RUN')).toBe(
      'FROM a\nRUN a \\\n    && b \\\n    && c\n',
    );
  });
  test('joins with `&&` at line ends if the instructions do so', () => {
    expect(
      refactored('FROM a\nRUN ‸a && \\\n    b\n# why\nRUN c && \\\n    d\n', 'Join with next RUN'),
    ).toBe('FROM a\nRUN a && \\\n    b && \\\n    # why\n    c && \\\n    d\n');
    expect(refactored('FROM a\nRUN ‸a\nRUN b && \\\n    c\n', 'Join with next RUN')).toBe(
      'FROM a\nRUN a && \\\n    b && \\\n    c\n',
    );
  });
  test.each([
    ['changes the directory', 'RUN cd /x', 'RUN b'],
    ['sets a variable', 'RUN X=1', 'RUN b'],
    ['sets options', 'RUN set -x; a', 'RUN b'],
    ['continues in the background', 'RUN a &', 'RUN b'],
    ['ends in a comment', 'RUN a # x', 'RUN b'],
    ['has other flags', 'RUN --network=none a', 'RUN b'],
  ])('does not join if the first %s', (_, one, other) => {
    expect(titles(`FROM a\n${one.replace('RUN', 'R‸UN')}\n${other}\n`).join()).not.toContain(
      'Join',
    );
  });
  test('does not join if the second would continue after a failure of the first', () => {
    expect(titles('FROM a\nR‸UN a\nRUN b || c\n').join()).not.toContain('Join');
    expect(titles('FROM a\nR‸UN a\nRUN b; c\n').join()).not.toContain('Join');
  });
  test('splits at the line of the cursor with the flags, which can be reversed', () => {
    const one = 'FROM a\nRUN --network=none a \\\n    && b \\\n    && c\n';
    const split = refactored(one.replace('&& b', '&& b‸'), 'Split RUN here');
    expect(split).toBe('FROM a\nRUN --network=none a\nRUN --network=none b \\\n    && c\n');
    expect(refactored(split.replace('RUN', 'R‸UN'), 'Join')).toBe(one);
  });
  test('splits at every step from the keyword, and repeats options of set', () => {
    expect(refactored('FROM a\nR‸UN set -ex && a && b\n', 'Split into 2')).toBe(
      'FROM a\nRUN set -ex && a\nRUN set -ex && b\n',
    );
  });
  test.each([
    ['the directory', 'RUN cd /x ‸&& make'],
    ['a variable', 'RUN x=$(a) ‸&& echo $x'],
    ['a process', 'RUN service mysql start ‸&& mysql'],
    ['a tmpfs mount', 'RUN --mount=type=tmpfs,target=/t a ‸&& b'],
  ])('does not split if %s would be lost', (_, run) => {
    expect(titles(`FROM a\n${run}\n`).join()).not.toContain('Split');
  });
});

test('splits with one mount per line, and keeps a command on its own line', () => {
  const mounts = '--mount=type=cache,target=/a --mount=type=cache,target=/b';
  expect(refactored(`FROM a\nR‸UN ${mounts} x && y\n`, 'Split into 2')).toBe(
    `FROM a\nRUN ${mounts} x\nRUN --mount=type=cache,target=/a \\\n    --mount=type=cache,target=/b \\\n    y\n`,
  );
  expect(refactored('FROM a\nR‸UN --mount=target=/a \\\n    x && y\n', 'Split into 2')).toBe(
    'FROM a\nRUN --mount=target=/a \\\n    x\nRUN --mount=target=/a \\\n    y\n',
  );
});

test.each([
  'RUN apt-get update && apt-get install -y x',
  'RUN curl -O u && tar xf u && rm u',
  'RUN apk add gcc && make && apk del gcc',
])('does not split steps that belong together: %s', (run) => {
  expect(titles(`FROM a\n${run.replace('RUN', 'R‸UN')}\n`).join()).not.toContain('Split');
});

test('converts steps after `set -e` to a heredoc', () => {
  expect(
    refactored(
      'FROM a\nR‸UN set -eux; \\\n    # why\n    a; \\\n    b && c\n',
      'Convert to heredoc',
    ),
  ).toBe('FROM a\nRUN <<EOF\nset -eux\n# why\na\nb && c\nEOF\n');
  expect(titles('FROM a\nR‸UN set -x; a; b\n')).not.toContain('Convert to heredoc');
  expect(titles('FROM a\nR‸UN set -e; a & b\n')).not.toContain('Convert to heredoc');
});

test('an extracted stage takes the comments of its first instruction, without more empty lines', () => {
  const text = 'FROM a\nRUN x\n\n# about y\n# and more\n«RUN y»\n';
  expect(refactored(text, 'Extract instructions', 'refactor.extract')).toBe(
    'FROM a AS base\nRUN x\n\nFROM base\n# about y\n# and more\nRUN y\n',
  );
});

describe('extracting a stage', () => {
  test('moves the instructions above to a new stage, and the name to the complete stage', () => {
    const text = 'FROM node:22 AS app\nRUN a\n«COPY . .»\nFROM b\nCOPY --from=app /x /\n';
    expect(refactored(text, 'Extract instructions above to stage `base`', 'refactor.extract')).toBe(
      'FROM node:22 AS base\nRUN a\n\nFROM base AS app\nCOPY . .\nFROM b\nCOPY --from=app /x /\n',
    );
    expect(
      refactored('from b as base\nrun a\n«run x»\n', 'Extract instructions', 'refactor.extract'),
    ).toBe('from b as base2\nrun a\n\nfrom base2 as base\nrun x\n');
  });
  test.each([
    ['triggers would run', 'FROM a\nONBUILD RUN x\n«RUN y»\n'],
    ['ENTRYPOINT would clear CMD', 'FROM a\nCMD ["x"]\n«RUN y»\nENTRYPOINT ["z"]\n'],
    ['stages are numbered', 'FROM a\nRUN x\n«RUN y»\nFROM b\nCOPY --from=0 /x /\n'],
    ['there are no instructions above', 'FROM a\n«RUN x»\n'],
    ['there are no steps above', 'FROM a\nENV A=1\n«RUN x»\n'],
  ])('is not offered if %s', (_, text) => {
    expect(titles(text, 'refactor.extract').filter((title) => title.includes('stage'))).toEqual([]);
  });
});

describe('extracting and inlining a build argument', () => {
  test('extracts a tag in all places that use the image', () => {
    const text = '# syntax=docker/dockerfile:1\nFROM node:22-a‸lpine AS a\nFROM node:22-alpine\n';
    expect(refactored(text, 'Extract `22-alpine`', 'refactor.extract')).toBe(
      '# syntax=docker/dockerfile:1\nARG NODE_VERSION=22-alpine\nFROM node:${NODE_VERSION} AS a\nFROM node:${NODE_VERSION}\n',
    );
  });
  test.each([
    [
      'RUN apt-get install -y curl=7.8‸8.1-10+deb12u5',
      'ARG CURL_VERSION=7.88.1-10+deb12u5\nRUN apt-get install -y curl=${CURL_VERSION}',
    ],
    [
      'RUN pip install "django==5.‸1"',
      'ARG DJANGO_VERSION=5.1\nRUN pip install "django==${DJANGO_VERSION}"',
    ],
    [
      "RUN curl https://x.org/v1.‸2.3/tool-v1.2.3.tgz -o '1.2.3'",
      "ARG TOOL_VERSION=1.2.3\nRUN curl https://x.org/v${TOOL_VERSION}/tool-v${TOOL_VERSION}.tgz -o '1.2.3'",
    ],
  ])('extracts a version: %s', (run, made) => {
    expect(refactored(`FROM a\n${run}\n`, 'Extract', 'refactor.extract')).toBe(`FROM a\n${made}\n`);
  });
  test('uses a name that is not in the file', () => {
    const text = 'FROM node:2‸2\nRUN echo $NODE_VERSION\n';
    expect(refactored(text, 'Extract', 'refactor.extract')).toContain('ARG NODE_VERSION_2=22\n');
  });
  test('inlines the default value in all places that use it', () => {
    const text = 'ARG ‸V=22\nFROM node:${V} AS a\nFROM node:$V\n';
    expect(refactored(text, 'Inline `ARG V` as `22`', 'refactor.inline')).toBe(
      'FROM node:22 AS a\nFROM node:22\n',
    );
    expect(
      refactored('FROM a\nARG ‸V=1.2\nRUN curl x-${V}.tgz\n', 'Inline', 'refactor.inline'),
    ).toBe('FROM a\nRUN curl x-1.2.tgz\n');
  });
  test.each([
    ['is used with a default', 'ARG ‸V=1\nFROM a:${V:-2}\n'],
    ['is declared again', 'ARG ‸V=1\nFROM a:$V\nARG V\n'],
    ['is predefined', 'ARG ‸TARGETARCH=amd64\nFROM a:$TARGETARCH\n'],
    ['is not used', 'ARG ‸V=1\nFROM a\n'],
  ])('does not inline an argument that %s', (_, text) => {
    expect(titles(text, 'refactor.inline')).toEqual([]);
  });
});

describe('converting between exec and shell form', () => {
  test.each([
    ['CMD ‸node "a b" \'c\'', 'CMD ["node", "a b", "c"]'],
    ['CMD exec node‸ x', 'CMD ["node", "x"]'],
    [
      'HEALTHCHECK --interval=5s CMD curl‸ -f x',
      'HEALTHCHECK --interval=5s CMD ["curl", "-f", "x"]',
    ],
    ['HEALTHCHECK CMD ["c‸url", "x"]', 'HEALTHCHECK CMD curl x'],
    ['CMD ["no‸de", "a b", "$X", "it\'s"]', "CMD node 'a b' '$X' 'it'\\''s'"],
    ['RUN ["/bin/sh", "-c", "a‸ && b"]', 'RUN a && b'],
  ])('%s → %s', (from, to) => {
    expect(
      refactored(`FROM a\n${from}\n`, from.includes('[') ? 'Convert to shell' : 'Convert to JSON'),
    ).toBe(`FROM a\n${to}\n`);
  });
  test('explains the effect on signals', () => {
    expect(titles('FROM a\nENTRYPOINT ["a‸"]\n')).toEqual([
      'Convert to shell form (/bin/sh receives signals, arguments are ignored)',
    ]);
  });
  test.each([
    'CMD a‸ $X',
    'CMD a‸ *',
    'CMD c‸d /x',
    'CMD a‸ > b',
    'CMD A=1 ‸b',
    'CMD a‸ && b',
    'CMD ~/a‸',
  ])('%s requires a shell', (text) => {
    expect(titles(`FROM a\n${text}\n`).join()).not.toContain('JSON');
  });
  test('does not offer the exec form for RUN', () => {
    expect(titles('FROM a\nRUN ‸make\n').join()).not.toContain('JSON');
  });
  test('does not convert a CMD that holds arguments of ENTRYPOINT', () => {
    expect(titles('FROM a\nENTRYPOINT ["e"]\nCMD ["a‸"]\n')).toEqual([]);
  });
});

describe('fixes of rules that are off', () => {
  const ruleRefactorings = (source: string): readonly Refactoring[] => {
    const { document, offset } = markedDocument(source);
    return fromRules(document, { start: offset, end: offset }, rules);
  };
  test.each([
    ['FROM a\nENV‸ A b c\n', 'FROM a\nENV A="b c"\n'],
    ['FROM a\nADD‸ a b/\n', 'FROM a\nCOPY a b/\n'],
    ['FROM a\nRUN apk add \\\n  b‸ \\\n  a\n', 'FROM a\nRUN apk add \\\n  a \\\n  b\n'],
  ])('%j', (source, wanted) => {
    const { document } = markedDocument(source);
    expect(ruleRefactorings(source).map(({ edits }) => applyEdits(document.text, edits))).toContain(
      wanted,
    );
  });
  test('are offered only at the selected place', () => {
    expect(ruleRefactorings('FROM‸ a\nENV A b c\n')).toEqual([]);
  });
});

describe('pinning to a digest', () => {
  const digest = `sha256:${'0a'.repeat(32)}`;
  const pinned = async (source: string, has = digest): Promise<readonly string[]> => {
    const { document, offset } = markedDocument(source);
    const names: string[] = [];
    const found = await pinImage(
      document,
      { start: offset, end: offset },
      {
        search: () => Promise.resolve([]),
        digest: (name) => {
          names.push(name);
          return Promise.resolve(has);
        },
      },
    );
    return [...names, ...found.map(({ edits }) => applyEdits(document.text, edits))];
  };
  test('adds the digest after the tag, or after `latest` without a tag', async () => {
    expect(await pinned('FROM node:‸22\n')).toEqual(['node:22', `FROM node:22@${digest}\n`]);
    expect(await pinned('FROM no‸de\n')).toEqual(['node:latest', `FROM node:latest@${digest}\n`]);
  });
  test('is offered only for images, and only with a valid digest', async () => {
    expect(await pinned('FROM a AS b\nFROM ‸b\n')).toEqual([]);
    expect(await pinned('FROM scr‸atch\n')).toEqual([]);
    expect(await pinned(`FROM a@‸${digest}\n`)).toEqual([]);
    expect(await pinned('FROM ‸a\n', 'x')).toEqual(['a:latest']);
  });
});
