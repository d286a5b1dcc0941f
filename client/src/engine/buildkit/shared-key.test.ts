import { describe, expect, test } from 'vitest';
import type { BuildRequest } from '../../../../contract/build.ts';
import { sharedKeyOf } from './shared-key.ts';
import { needsWholeContext } from './whole-context.ts';

describe('a build needs its whole context', () => {
  test.each([
    'FROM a\nCOPY . /app',
    'from a\nadd ./ /app',
    'FROM a\nCOPY --chown=1:1 --link . /app',
    'FROM a\nCOPY x . /app/',
    'FROM a\nCOPY \\\n  # comment\n\n  . \\\n  /app',
    '# escape=`\nFROM a\nCOPY `\n . /app',
    'FROM a\nCOPY [".", "/app"]',
    'FROM a AS b\nCOPY . /\nFROM b',
    'FROM a AS B\nCOPY . /\nFROM c\nCOPY --from=b /x /x',
    'FROM a\nCOPY . /\nFROM c\nCOPY --from=0 /x /x',
    'FROM a AS b\nCOPY . /\nFROM c\nRUN --mount=type=bind,from=b,target=/b make',
    'FROM --platform=$X a AS b\nRUN <<EOF\nFROM x\nEOF\nCOPY . /',
    '\uFEFFFROM a\r\nCOPY . /\r\n',
  ])('%j', (text) => {
    expect(needsWholeContext(text)).toBe(true);
  });

  test('if the target needs it', () => {
    const text = 'FROM a AS dev\nCOPY . /\nFROM dev AS test\nFROM b AS prod\nCOPY dist /';
    expect(['dev', 'TEST', 'prod', '', '0', 'none'].map((one) => needsWholeContext(text, one))).toEqual([true, true, false, false, true, false]); // prettier-ignore
  });
});

describe('a build is not known to need its whole context', () => {
  test.each([
    '',
    'COPY . /',
    'FROM a\nCOPY src /app',
    'FROM a\nCOPY * /app',
    'FROM a\nCOPY $X /app',
    'FROM a\nCOPY .dockerignore ./',
    'FROM a\nCOPY --from=b . /app',
    'FROM a\n# COPY . /app',
    'FROM a\nRUN <<EOF cat\nCOPY . /app\nEOF',
    'FROM a\nCOPY <<A <<"B" /x/\nCOPY . /\nA\nCOPY . /\nB\nCOPY y /',
    'FROM a AS b\nCOPY . /\nFROM c\nCOPY x /',
    'FROM a AS a\nFROM a',
    'FROM a\nCOPY ["." /app',
    'FROM a\nRUN cp . /app',
  ])('%j', (text) => {
    expect(needsWholeContext(text)).toBe(false);
  });
});

describe('the key of a context', () => {
  const key = (more: Partial<BuildRequest>, files: Readonly<Record<string, string>>) => {
    const context = { kind: 'directory', path: '/shop' } as const;
    const contents = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const); // prettier-ignore
    return sharedKeyOf(
      { context, dockerfile: '/shop/Dockerfile', tags: [], ...more },
      { directories: new Map([['dockerfile', { kind: 'files', files: new Map(contents) }]]) },
    );
  };
  const whole = 'FROM a\nCOPY . /';
  const some = 'FROM a\nCOPY src /';
  const other = { dockerfile: '/shop/Other' };

  test('is the same for all Dockerfiles that need it as a whole', () => {
    const first = key({}, { Dockerfile: whole });
    expect(key(other, { Other: `${whole}app` })).toBe(first);
    expect(key({ target: '0' }, { Dockerfile: whole })).toBe(first);
    const elsewhere = { kind: 'directory', path: '/other' } as const;
    expect(key({ context: elsewhere }, { Dockerfile: whole })).not.toBe(first);
  });

  test('differs where other files are needed', () => {
    const keys = [
      key({}, { Dockerfile: whole }),
      key({}, { Dockerfile: some }),
      key(other, { Other: some }),
      key({ target: 'x' }, { Dockerfile: some }),
      key({ dockerfile: '/shop/Own' }, { Own: whole, 'Own.dockerignore': 'x' }),
      key({ target: 'y', buildContexts: { a: '/elsewhere' } }, { Dockerfile: whole }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
