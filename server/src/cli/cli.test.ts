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

/** Files by absolute path; a folder is where others stand below it. */
async function run(
  argv: readonly string[],
  given: Readonly<Record<string, string>> = {},
  stdin = '',
): Promise<Ran> {
  const files = new Map(Object.entries(given));
  let out = '';
  let err = '';
  const isFolder = (path: string): boolean =>
    [...files.keys()].some((file) => file.startsWith(path === '/' ? '/' : `${path}/`));
  const io: Io = {
    cwd: '/work',
    colours: false,
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
    ['a hint, asked for', lower, ['--fail-on', 'hint'], 1],
    ['a warning', apk, [], 1],
    ['a warning, errors asked for', apk, ['--fail-on', 'error'], 0],
    ['an error', 'FORM scratch\n', ['--fail-on', 'error'], 1],
    ['a rule switched off', apk, ['--rule', 'apk-no-cache=off'], 0],
    ['by the name of another linter', apk, ['--rule', 'DL3019=off'], 0],
    ['a hint made an error', lower, ['--rule', 'as-casing=error'], 1],
  ])('%s', async (_, text, options, expected) => {
    const { code } = await run(['lint', ...options, 'Dockerfile'], { '/work/Dockerfile': text });
    expect(code).toBe(expected);
  });

  test.each([
    [[], /command is missing/],
    [['lint'], /Which files/],
    [['lnit'], /no command `lnit`/],
    [['lint', '--format', 'xml', 'x'], /no format `xml`/],
    [['lint', '--fail-on', 'never', 'x'], /no severity `never`/],
    [['lint', '--rule', 'apk-no-cahce=off', 'x'], /did you mean `apk-no-cache`/],
    [['lint', '--rule', 'apk-no-cache', 'x'], /--rule apk-no-cache/],
    [['lint', '--unsafe-fixes', 'x'], /--unsafe-fixes goes with --fix/],
    [['lint', '--nonsense', 'x'], /nonsense/],
    [['lint', '--config', 'gone.json', 'x'], /gone\.json can not be read/],
    [['explain'], /Which rule/],
    [['explain', 'apk-no-cahce'], /did you mean `apk-no-cache`/],
  ])('2 for %j', async (argv, expected) => {
    const { code, out, err } = await run(argv, { '/work/x': clean });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(expected);
  });

  test('2 for a wrong configuration, which is named', async () => {
    const { code, err } = await run(['lint', 'Dockerfile'], {
      '/work/Dockerfile': clean,
      '/work/.drydock.json': '{ "rules": { "apk-no-cahce": "off" } }',
    });
    expect(code).toBe(2);
    expect(err).toContain('/work/.drydock.json: There is no rule `apk-no-cahce`');
  });
});

describe('bad files do not stop the others', () => {
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

  test('1 when others have findings that count, 2 for what is not there', async () => {
    const files = { '/work/bad': 'UNREADABLE', '/work/good': apk };
    expect((await run(['lint', 'bad', 'good'], files)).code).toBe(1);
    const gone = await run(['lint', 'gone', 'good'], { '/work/good': clean });
    expect(gone.code).toBe(2);
    expect(gone.out).toContain('there is no such file');
  });
});

test('a folder is searched, a named file is always linted', async () => {
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

test('the nearest configuration wins, --config over it, --rule over all', async () => {
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

test('the JSON that others rely on', async () => {
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

test('columns count UTF-16 units, a byte order mark and Windows line ends among them', async () => {
  const text = '\ufeff# 🐳\r\nFROM scratch as build\r\n';
  const ran = await run(['lint', '--format', 'json', 'Dockerfile'], { '/work/Dockerfile': text });
  expect(parsed(ran).files[0]?.findings[0]).toMatchObject({ line: 2, column: 14, endColumn: 16 });
});

test('lines are those that a line feed ends, as git and BuildKit count', async () => {
  const text = '# a\rb\nFROM scratch as build\r\n';
  const ran = await run(['lint', '--format', 'json', 'Dockerfile'], { '/work/Dockerfile': text });
  expect(parsed(ran).files[0]?.findings[0]).toMatchObject({ line: 2, column: 14, endColumn: 16 });
});

describe('what lies around', () => {
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
    ['nothing', {}, ['dockerignore-missing']],
    ['a file beside it', { '/work/a/.dockerignore': '.env' }, ['copy-ignored']],
    [
      'a file that bears its name, before the other',
      { '/work/a/.dockerignore': '.env', '/work/a/Dockerfile.dockerignore': 'b' },
      [],
    ],
    ['a file in a folder above', { '/work/.dockerignore': '.env' }, []],
    [
      'a file above the repository',
      { '/work/.dockerignore': '.env', '/work/a/.git/HEAD': 'x' },
      ['dockerignore-missing'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await found({ '/work/a/Dockerfile': copying, ...files }, 'a')).toEqual([expected]);
  });

  test('of standard input, only where it has a name', async () => {
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
])('JSON has the line that BuildKit names: %j', async (text, rule, line, place) => {
  const ran = await run(['lint', '--format', 'json', '-'], {}, `FROM scratch\n${text}`);
  const finding = parsed(ran).files[0]?.findings.find((it) => it['rule'] === rule);
  expect(finding).toMatchObject({ line, at: { line: place } });
});

describe('fixing', () => {
  test('safe fixes are written, what is left is reported', async () => {
    const text = 'FROM alpine:3.22\nRUN apk add curl\nUSER root\n';
    const ran = await run(['lint', '--fix', '--format', 'json', 'Dockerfile'], {
      '/work/Dockerfile': text,
    });
    expect(ran.files.get('/work/Dockerfile')).toBe(text.replace('add', 'add --no-cache'));
    expect(parsed(ran).files[0]?.findings.map((it) => it['rule'])).toEqual(['last-user-root']);
    expect(ran.code).toBe(1);
  });

  test('unsafe ones only when asked', async () => {
    const files = { '/work/Dockerfile': 'FROM scratch\nCMD node server.js\n' };
    const safe = await run(['lint', '--fix', 'Dockerfile'], files);
    expect(safe.files.get('/work/Dockerfile')).toBe(files['/work/Dockerfile']);
    const unsafe = await run(['lint', '--fix', '--unsafe-fixes', 'Dockerfile'], files);
    expect(unsafe.files.get('/work/Dockerfile')).toContain('CMD ["node", "server.js"]');
  });

  test('standard input comes out repaired, and the report beside it', async () => {
    const ran = await run(['lint', '--fix', '--stdin-filename', 'app/Dockerfile', '-'], {}, lower);
    expect(ran.out).toBe('FROM scratch AS build\n');
    expect(ran.err).toContain('1 fix applied');
  });

  test('a text that is no UTF-8 is not written', async () => {
    const files = { '/work/Dockerfile': `${lower}# \ufffd\n` };
    const ran = await run(['lint', '--fix', 'Dockerfile'], files);
    expect(ran.files.get('/work/Dockerfile')).toBe(files['/work/Dockerfile']);
  });
});

test('standard input, under the name it is given', async () => {
  const ran = await run(
    ['lint', '--format', 'json', '--stdin-filename', 'web/Dockerfile', '-'],
    {},
    lower,
  );
  expect(parsed(ran).files.map(({ path }) => path)).toEqual(['web/Dockerfile']);
  const bare = await run(['lint', '--format', 'json', '-'], {}, lower);
  expect(parsed(bare).files.map(({ path }) => path)).toEqual(['-']);
});

test('text shows the line, what is wrong in it, the fix and the page', async () => {
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
      '1 warning in 1 of 1 files; 1 can be repaired with --fix',
      '',
    ].join('\n'),
  );
});

test('text underlines wide characters and tabs where a terminal shows them', async () => {
  const ran = await run(['lint', 'Dockerfile'], { '/work/Dockerfile': 'FROM debian：12\n' });
  expect(ran.out).toContain('1 | FROM debian：12\n  |            ^^\n');
});

test('nothing is said of what is clean', async () => {
  expect((await run(['lint', 'Dockerfile'], { '/work/Dockerfile': clean })).out).toBe('');
});

test('GitHub annotations', async () => {
  const ran = await run(['lint', '--format', 'github', 'a,b'], { '/work/a,b': apk });
  expect(ran.out).toBe(
    '::warning file=a%2Cb,line=2,endLine=2,col=5,endColumn=12,title=apk-no-cache::`apk add` leaves the package index in the layer\n',
  );
});

test('SARIF has the shape that 2.1.0 asks for', async () => {
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

test('help, version, rules and explain', async () => {
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
