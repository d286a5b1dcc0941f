import { describe, expect, test } from 'vitest';
import { dockerfile } from '../../text/dedent.ts';
import type { Entry, Outside } from '../outside.ts';
import { contextOf, emptyOutside } from '../../../../test/marked-document.ts';
import { accept, labelsAfterSpace, labelsAt, itemsAt } from '../../../../test/completion-items.ts';

const folders: Readonly<Record<string, readonly Entry[]>> = {
  '': [
    { name: '.env', folder: false, ignored: false },
    { name: 'node_modules', folder: true, ignored: true },
    { name: 'package.json', folder: false, ignored: false },
    { name: 'src', folder: true, ignored: false },
  ],
  src: [{ name: 'main.ts', folder: false, ignored: false }],
};
const outside: Outside = {
  ...emptyOutside,
  context: contextOf((_, folder) => Promise.resolve(folders[folder] ?? [])),
};

describe('paths in the build context', () => {
  test('lists directories first, then dotfiles, and ignored files last', async () => {
    const found = (await itemsAt('FROM a\nCOPY ‸', outside)).filter(({ kind }) => kind !== 'flag');
    expect(found.slice(0, 4).map(({ label }) => label)).toEqual([
      'src/',
      'package.json',
      '.env',
      'node_modules/',
    ]);
    expect(found[0]).toMatchObject({ triggersCompletion: true, kind: 'folder' });
    expect(found[3]?.detail).toBe('excluded by .dockerignore');
  });
  test('completes paths in the directory that is typed, in any notation', async () => {
    expect(await accept('FROM a\nCOPY src/m‸ /x', 'main.ts', { outside })).toBe(
      'FROM a\nCOPY src/main.ts /x',
    );
    for (const written of ['./src/‸', '/src/‸', '["src/‸', '"src/‸'])
      expect(await labelsAt(`FROM a\nADD ${written}`, outside), written).toEqual(['main.ts']);
    expect(await accept('FROM a\nCOPY ["s‸", "/x"]', 'src/', { outside })).toBe(
      'FROM a\nCOPY ["src/", "/x"]',
    );
    expect(await accept('FROM a\nCOPY p‸ac.js /x', 'package.json', { outside, whole: true })).toBe(
      'FROM a\nCOPY package.json /x',
    );
  });
  test('completes the source of a bind mount', async () => {
    expect(await labelsAt('FROM a\nRUN --mount=type=bind,source=src/‸', outside)).toEqual([
      'main.ts',
    ]);
  });
  test('does not complete above the context, in variables, patterns and URLs', async () => {
    for (const written of ['../‸', '$X/‸', 'src/*‸', 'https://‸'])
      expect(await labelsAt(`FROM a\nADD ${written}`, outside), written).not.toContain('main.ts');
  });
  test('completes paths after a space only for the first argument', async () => {
    expect(await labelsAfterSpace('FROM a\nCOPY a ‸')).toEqual([]);
  });
  test('offers nothing without access to files', async () => {
    expect(await labelsAt('FROM a\nCOPY s‸')).toEqual([]);
  });
});

test('completes known paths of the stage in --from', async () => {
  const source = dockerfile`
    FROM golang:1.27 AS build
    WORKDIR /src
    COPY . .
    RUN mkdir -p /out && go build -o /out/server ./cmd
    RUN python3 -m venv /opt/venv
    FROM debian
  `;
  expect((await labelsAt(`${source}COPY --from=build ‸`)).slice(0, 4)).toEqual([
    '/opt/venv/',
    '/out/server',
    '/out/',
    '/src/',
  ]);
  expect(await accept(`${source}COPY --from=0 /out/s‸ /usr/bin/`, '/out/server')).toBe(
    `${source}COPY --from=0 /out/server /usr/bin/`,
  );
  expect(await labelsAt(`${source}RUN --mount=type=bind,from=build,source=‸`)).toContain(
    '/out/server',
  );
});

test('offers a directory of both stages once as a destination', async () => {
  const stages = 'FROM a AS b\nWORKDIR /srv\nFROM b AS c\nFROM b\nCOPY --from=c /srv/x ‸';
  expect((await labelsAt(stages, outside)).filter((label) => label === '/srv/')).toEqual(['/srv/']);
});

test('completes the destination with the working directory and known directories', async () => {
  const source = 'FROM a\nWORKDIR /app\nCOPY x ';
  expect((await itemsAt(`${source}‸`, outside)).slice(0, 2)).toMatchObject([
    { label: './', detail: '/app' },
    { label: '/app/', detail: 'in this stage' },
  ]);
});

describe('paths in a stage', () => {
  test('completes files copied by name, and output of build tools', async () => {
    const stages = dockerfile`
      FROM node:22 AS deps
      WORKDIR /app
      COPY package.json src/main.ts ./
      COPY public /srv/public
      RUN npm ci && mkdir -m 755 /data
      FROM rust AS rust
      WORKDIR /r
      RUN cargo build --release
      FROM golang AS go
      RUN go install example.com/x@v1
      FROM alpine
    `;
    const of = async (stage: string): Promise<readonly string[]> =>
      (await labelsAt(`${stages}COPY --from=${stage} ‸`)).filter((label) => label.startsWith('/'));
    expect([...(await of('deps'))].sort()).toEqual([
      '/app/',
      '/app/main.ts',
      '/app/node_modules/',
      '/app/package.json',
      '/data/',
      '/srv/public',
    ]);
    expect(await of('rust')).toEqual(['/r/target/release/', '/r/']);
    expect(await of('go')).toEqual(['/go/bin/']);
    expect((await labelsAt(`${stages}COPY --from=deps /app/node_modules ‸`)).slice(0, 2)).toEqual([
      './',
      '/app/node_modules',
    ]);
  });
});
