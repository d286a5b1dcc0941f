import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Io } from './io.ts';
import { main } from './main.ts';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly files: ReadonlyMap<string, string>;
}

/** Runs the command line with files by absolute path; a path is a directory if files are below it. */
async function run(
  argv: readonly string[],
  contents: Readonly<Record<string, string>> = {},
  stdin = '',
): Promise<Ran> {
  const files = new Map(Object.entries(contents));
  let out = '';
  let err = '';
  const isFolder = (path: string): boolean =>
    [...files.keys()].some((file) => file.startsWith(path === '/' ? '/' : `${path}/`));
  const io: Io = {
    cwd: '/work',
    colors: false,
    version: '1.2.3',
    out: (text) => (out += text),
    err: (text) => (err += text),
    stdin: () => Promise.resolve(Buffer.from(stdin)),
    read: (path) => {
      const text = files.get(path);
      return text === undefined || text === 'UNREADABLE'
        ? Promise.reject(new Error('permission denied'))
        : Promise.resolve(Buffer.from(text));
    },
    write: (path, text) => {
      files.set(path, text);
      return Promise.resolve();
    },
    kind: (path) =>
      Promise.resolve(files.has(path) ? 'file' : isFolder(path) ? 'folder' : undefined),
    list: (folder) =>
      Promise.resolve([
        ...new Set(
          [...files.keys()]
            .filter((file) => file.startsWith(`${folder}/`))
            .map((file) => posix.relative(folder, file).split('/')[0] ?? ''),
        ),
      ]),
    real: (path) => Promise.resolve(path),
  };
  const code = await main(argv, io);
  return { code, out, err, files };
}

interface Json {
  readonly version: number;
  readonly files: readonly {
    readonly path: string;
    readonly error?: string;
    readonly findings: readonly Readonly<Record<string, unknown>>[];
  }[];
}
function parsed({ out }: Ran): Json {
  return JSON.parse(out) as Json;
}

const lower = 'FROM scratch as build\n';
const apk = 'FROM alpine:3.22\nRUN apk add curl\nUSER app\n';
const clean = 'FROM scratch\nCOPY app /app\n';

describe('exit codes', () => {
  test.each([
    ['clean', clean, [], 0],
    ['a hint', lower, [], 0],
    ['a hint with --fail-on hint', lower, ['--fail-on', 'hint'], 1],
    ['a warning', apk, [], 1],
    ['a warning with --fail-on error', apk, ['--fail-on', 'error'], 0],
    ['an error', 'FORM scratch\n', ['--fail-on', 'error'], 1],
    ['a rule turned off', apk, ['--rule', 'apk-no-cache=off'], 0],
    ['a rule turned off by its hadolint name', apk, ['--rule', 'DL3019=off'], 0],
    ['a hint raised to an error', lower, ['--rule', 'as-casing=error'], 1],
  ])('%s', async (_, text, options, expected) => {
    const { code } = await run(['lint', ...options, 'Dockerfile'], { '/work/Dockerfile': text });
    expect(code).toBe(expected);
  });

  test.each([
    [[], /Missing command/],
    [['lint'], /Missing path/],
    [['lnit'], /Unknown command `lnit`/],
    [['lint', '--format', 'xml', 'x'], /Unknown format `xml`/],
    [['lint', '--fail-on', 'never', 'x'], /Unknown severity `never`/],
    [['lint', '--rule', 'apk-no-cahce=off', 'x'], /did you mean `apk-no-cache`/],
    [['lint', '--rule', 'apk-no-cache', 'x'], /--rule apk-no-cache/],
    [['lint', '--unsafe-fixes', 'x'], /--unsafe-fixes requires --fix/],
    [['lint', '--nonsense', 'x'], /nonsense/],
    [['lint', '--config', 'gone.json', 'x'], /Could not read .*gone\.json/],
    [['explain'], /Missing rule ID/],
    [['explain', 'apk-no-cahce'], /did you mean `apk-no-cache`/],
  ])('exits with 2 for %j', async (argv, expected) => {
    const { code, out, err } = await run(argv, { '/work/x': clean });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(expected);
  });

  test('exits with 2 for an invalid configuration and names the file', async () => {
    const { code, err } = await run(['lint', 'Dockerfile'], {
      '/work/Dockerfile': clean,
      '/work/.drydock.json': '{ "rules": { "apk-no-cahce": "off" } }',
    });
    expect(code).toBe(2);
    expect(err).toMatch(/\/work\/\.drydock\.json: .*`apk-no-cahce`/);
  });
});

describe('checks the other files when one cannot be read', () => {
  test.each([
    ['unreadable', 'UNREADABLE', /permission denied/],
    ['binary', 'FROM a\0', /binary/],
  ])('%s', async (_, text, expected) => {
    const files = { '/work/bad': text, '/work/good': lower };
    const ran = await run(['lint', '--format', 'json', 'bad', 'good'], files);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(expected);
    const [bad, good] = parsed(ran).files;
    expect(bad).toMatchObject({ path: 'bad', findings: [] });
    expect(bad?.error).toMatch(expected);
    expect(good?.findings).toHaveLength(1);
  });

  test('exits with 1 when another file has findings, and with 2 otherwise', async () => {
    const files = { '/work/bad': 'UNREADABLE', '/work/good': apk };
    expect((await run(['lint', 'bad', 'good'], files)).code).toBe(1);
    const missing = await run(['lint', 'missing', 'good'], { '/work/good': clean });
    expect(missing.code).toBe(2);
    expect(missing.out).toContain('no such file or directory');
  });
});

test('searches directories for Dockerfiles and always lints files given by path', async () => {
  const names = [
    'a/Dockerfile',
    'a/Dockerfile.dev',
    'a/web.Dockerfile',
    'a/web.dockerfile',
    'a/b/Containerfile',
    'a/b/Containerfile.arm',
    'a/Dockerfile-dev',
    'a/Dockerfile_gpu.amd64',
    'a/web__src__Dockerfile',
    'a/web-Dockerfile.1809',
  ];
  const others = [
    'a/Dockerfile.dockerignore',
    'a/notes.txt',
    'a/dockerfile-parser',
    'a/Dockerfile-lint.ts',
    'a/MyDockerfile',
    'a/node_modules/x/Dockerfile',
    'a/.git/Dockerfile',
  ];
  const files = Object.fromEntries([...names, ...others].map((name) => [`/work/${name}`, clean]));
  const ran = await run(['lint', '--format', 'json', 'a', 'a/notes.txt'], files);
  expect(
    parsed(ran)
      .files.map(({ path }) => path)
      .sort(),
  ).toEqual([...names, 'a/notes.txt'].sort());
  expect((await run(['lint', 'b'], { '/work/b/c/notes': '' })).out).toContain('no Dockerfile');
});

test('uses the nearest configuration, --config instead of it, and --rule over both', async () => {
  const files = {
    '/work/.drydock.json': '{ "rules": { "apk-no-cache": "error" } }',
    '/work/Dockerfile': apk,
    '/work/sub/Dockerfile': apk,
    '/work/sub/.drydock.json': '{ "rules": { "apk-no-cache": "hint" } }',
    '/work/other.json': '{ "rules": { "apk-no-cache": "info" } }',
  };
  const severities = async (...options: string[]): Promise<unknown> =>
    parsed(
      await run(['lint', '--format', 'json', ...options, 'Dockerfile', 'sub/Dockerfile'], files),
    ).files.map(({ findings }) => findings[0]?.['severity']);
  expect(await severities()).toEqual(['error', 'hint']);
  expect(await severities('--config', 'other.json')).toEqual(['info', 'info']);
  expect(await severities('--rule', 'apk-no-cache=warning')).toEqual(['warning', 'warning']);
});

test('prints the documented JSON', async () => {
  const ran = await run(['lint', '--format', 'json', 'Dockerfile'], { '/work/Dockerfile': apk });
  expect(parsed(ran)).toEqual({
    version: 1,
    files: [
      {
        path: 'Dockerfile',
        findings: [
          {
            rule: 'apk-no-cache',
            category: 'packages',
            also: ['DL3019'],
            severity: 'warning',
            message: '`apk add` leaves the package index in the layer',
            line: 2,
            column: 5,
            endLine: 2,
            endColumn: 12,
            fix: {
              title: 'Add `--no-cache`',
              safe: true,
              edits: [{ line: 2, column: 12, endLine: 2, endColumn: 12, text: ' --no-cache' }],
            },
          },
        ],
      },
    ],
  });
});

test('counts columns in UTF-16 code units, including a byte order mark, with CRLF line endings', async () => {
  const text = '\ufeff# 🐳\r\nFROM scratch as build\r\n';
  const ran = await run(['lint', '--format', 'json', 'Dockerfile'], { '/work/Dockerfile': text });
  expect(parsed(ran).files[0]?.findings[0]).toMatchObject({ line: 2, column: 14, endColumn: 16 });
});

test('counts lines by line feeds, as git and BuildKit do', async () => {
  const text = '# a\rb\nFROM scratch as build\r\n';
  const ran = await run(['lint', '--format', 'json', 'Dockerfile'], { '/work/Dockerfile': text });
  expect(parsed(ran).files[0]?.findings[0]).toMatchObject({ line: 2, column: 14, endColumn: 16 });
});

describe('.dockerignore', () => {
  const copying = 'FROM alpine:3.22\nCOPY . /srv\nCOPY .env /srv/\n';
  const found = async (
    files: Readonly<Record<string, string>>,
    ...argv: readonly string[]
  ): Promise<readonly unknown[]> => {
    const only = ['dockerignore-missing', 'copy-ignored'];
    const ran = await run(['lint', '--format', 'json', ...argv], files, copying);
    return parsed(ran).files.map(({ findings }) =>
      findings.map(({ rule }) => rule).filter((rule) => only.includes(String(rule))),
    );
  };

  test.each([
    ['is missing', {}, ['dockerignore-missing']],
    ['is in the same directory', { '/work/a/.dockerignore': '.env' }, ['copy-ignored']],
    [
      'has the name of the Dockerfile, which takes precedence',
      { '/work/a/.dockerignore': '.env', '/work/a/Dockerfile.dockerignore': 'b' },
      [],
    ],
    ['is in a parent directory', { '/work/.dockerignore': '.env' }, []],
    [
      'is above the root of the repository',
      { '/work/.dockerignore': '.env', '/work/a/.git/HEAD': 'x' },
      ['dockerignore-missing'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await found({ '/work/a/Dockerfile': copying, ...files }, 'a')).toEqual([expected]);
  });

  test('is used for standard input only with --stdin-filename', async () => {
    expect(await found({ '/work/b': '' }, '-')).toEqual([[]]);
    expect(await found({ '/work/b': '' }, '--stdin-filename', 'c/Dockerfile', '-')).toEqual([
      ['dockerignore-missing'],
    ]);
  });
});

test.each([
  ['CMD \\\n  node server.js\n', 'json-args', 2, 3],
  ['ONBUILD \\\n  FROM a\n', 'onbuild-not-allowed', 2, 3],
  ['RUN a \\\n\n  b\nRUN c \\\n  d\n', 'empty-continuation', 4, 3],
  ['RUN a \\\n\n  b \\\n# c\n', 'empty-continuation', 5, 3],
  ['RUN a \\\n\n  b <<E\nc\nE\n', 'empty-continuation', 4, 3],
  ['# c\n\\\n  # c\n  FOO b\n', 'unknown-instruction', 3, 5],
  ['RUN a\n\\\n\n  USER a\n', 'empty-continuation', 5, 4],
])('reports the line that BuildKit reports in JSON: %j', async (text, rule, line, place) => {
  const ran = await run(['lint', '--format', 'json', '-'], {}, `FROM scratch\n${text}`);
  const finding = parsed(ran).files[0]?.findings.find((it) => it['rule'] === rule);
  expect(finding).toMatchObject({ line, at: { line: place } });
});

describe('fixing', () => {
  test('writes safe fixes and reports the remaining findings', async () => {
    const text = 'FROM alpine:3.22\nRUN apk add curl\nUSER root\n';
    const ran = await run(['lint', '--fix', '--format', 'json', 'Dockerfile'], {
      '/work/Dockerfile': text,
    });
    expect(ran.files.get('/work/Dockerfile')).toBe(text.replace('add', 'add --no-cache'));
    expect(parsed(ran).files[0]?.findings.map((it) => it['rule'])).toEqual(['last-user-root']);
    expect(ran.code).toBe(1);
  });

  test('applies unsafe fixes only with --unsafe-fixes', async () => {
    const files = { '/work/Dockerfile': 'FROM scratch\nCMD node server.js\n' };
    const safe = await run(['lint', '--fix', 'Dockerfile'], files);
    expect(safe.files.get('/work/Dockerfile')).toBe(files['/work/Dockerfile']);
    const unsafe = await run(['lint', '--fix', '--unsafe-fixes', 'Dockerfile'], files);
    expect(unsafe.files.get('/work/Dockerfile')).toContain('CMD ["node", "server.js"]');
  });

  test('writes fixed standard input to standard output and the report to standard error', async () => {
    const ran = await run(['lint', '--fix', '--stdin-filename', 'app/Dockerfile', '-'], {}, lower);
    expect(ran.out).toBe('FROM scratch AS build\n');
    expect(ran.err).toContain('1 fix applied');
  });

  test('does not write a file that is not valid UTF-8', async () => {
    const files = { '/work/Dockerfile': `${lower}# \ufffd\n` };
    const ran = await run(['lint', '--fix', 'Dockerfile'], files);
    expect(ran.files.get('/work/Dockerfile')).toBe(files['/work/Dockerfile']);
  });
});

test('reports standard input under --stdin-filename', async () => {
  const ran = await run(
    ['lint', '--format', 'json', '--stdin-filename', 'web/Dockerfile', '-'],
    {},
    lower,
  );
  expect(parsed(ran).files.map(({ path }) => path)).toEqual(['web/Dockerfile']);
  const bare = await run(['lint', '--format', 'json', '-'], {}, lower);
  expect(parsed(bare).files.map(({ path }) => path)).toEqual(['-']);
});

test('prints the message, the source line, the fix and the page as text', async () => {
  const ran = await run(['lint', 'Dockerfile'], { '/work/Dockerfile': apk });
  expect(ran.out).toBe(
    [
      'warning[apk-no-cache]: `apk add` leaves the package index in the layer',
      ' --> Dockerfile:2:5',
      '  |',
      '2 | RUN apk add curl',
      '  |     ^^^^^^^',
      '  = fix: Add `--no-cache`',
      '  = drydock explain apk-no-cache',
      '',
      '1 warning in 1 file; 1 can be fixed with --fix',
      '',
    ].join('\n'),
  );
});

test('underlines wide characters and tabs at their terminal columns', async () => {
  const ran = await run(['lint', 'Dockerfile'], { '/work/Dockerfile': 'FROM debian：12\n' });
  expect(ran.out).toContain('1 | FROM debian：12\n  |            ^^\n');
});

test('prints nothing for a file without findings', async () => {
  expect((await run(['lint', 'Dockerfile'], { '/work/Dockerfile': clean })).out).toBe('');
});

test('prints GitHub annotations', async () => {
  const ran = await run(['lint', '--format', 'github', 'a,b'], { '/work/a,b': apk });
  expect(ran.out).toBe(
    '::warning file=a%2Cb,line=2,endLine=2,col=5,endColumn=12,title=apk-no-cache::`apk add` leaves the package index in the layer\n',
  );
});

test('prints SARIF 2.1.0', async () => {
  const files = { '/work/a b/Dockerfile': apk, '/work/bad': 'UNREADABLE' };
  const ran = await run(['lint', '--format', 'sarif', 'a b/Dockerfile', 'bad'], files);
  expect(JSON.parse(ran.out)).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Drydock',
            version: '1.2.3',
            rules: [{ id: 'apk-no-cache', defaultConfiguration: { level: 'warning' } }],
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          { executionSuccessful: false, toolExecutionNotifications: [{ level: 'error' }] },
        ],
        results: [
          {
            ruleId: 'apk-no-cache',
            ruleIndex: 0,
            level: 'warning',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'a%20b/Dockerfile' },
                  region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 12 },
                },
              },
            ],
            fixes: [
              {
                artifactChanges: [{ replacements: [{ insertedContent: { text: ' --no-cache' } }] }],
              },
            ],
          },
        ],
      },
    ],
  });
});

test('prints help, version, rules and the page of a rule', async () => {
  const help = await run(['--help']);
  expect(help.code).toBe(0);
  for (const word of ['--stdin-filename', '--every-rule', 'explain', 'Exit']) {
    expect(help.out).toContain(word);
  }
  expect((await run(['--version'])).out).toBe('1.2.3\n');
  expect((await run(['rules'])).out).toMatch(/^apk-no-cache +warning +Use `apk add/m);
  const explained = await run(['explain', 'DL3019']);
  expect(explained.out).toContain('# apk-no-cache');
  expect(explained.out).not.toMatch(/[«»]/);
});
