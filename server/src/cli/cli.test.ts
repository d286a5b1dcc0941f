/** The files that are read, the configuration, the exit code, and what is written. */
import { describe, expect, test } from 'vitest';
import { parsed, run } from '../../../test/cli-run.ts';

const lower = 'FROM scratch as build\n';
const apk = 'FROM alpine:3.22\nRUN apk add curl\nUSER app\n';
const warning = 'FROM alpine:3.22\nUSER app\nCMD ["a"]\nCMD ["b"]\n';
const clean = 'FROM scratch\nCOPY app /app\n';

describe('exit codes', () => {
  test.each([
    ['clean', clean, [], 0],
    ['a hint', lower, [], 0],
    ['a hint with --fail-on hint', lower, ['--fail-on', 'hint'], 1],
    ['an info', apk, [], 0],
    ['an info with --fail-on info', apk, ['--fail-on', 'info'], 1],
    ['a warning', warning, [], 1],
    ['a warning with --fail-on error', warning, ['--fail-on', 'error'], 0],
    ['an error', 'FORM scratch\n', ['--fail-on', 'error'], 1],
    ['a rule turned off', warning, ['--rule', 'multiple-cmd=off'], 0],
    ['a rule turned off by its hadolint name', warning, ['--rule', 'DL4003=off'], 0],
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
    const files = { '/work/bad': 'UNREADABLE', '/work/good': warning };
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

describe('fixing', () => {
  test('writes safe fixes and reports the remaining findings', async () => {
    const text = 'FROM alpine:3.22\nRUN apk add curl\nWORKDIR app\n';
    const ran = await run(['lint', '--fix', '--format', 'json', 'Dockerfile'], {
      '/work/Dockerfile': text,
    });
    expect(ran.files.get('/work/Dockerfile')).toBe(text.replace('add', 'add --no-cache'));
    expect(parsed(ran).files[0]?.findings.map((it) => it['rule'])).toContain('workdir-relative');
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

test('prints help, version, rules and the page of a rule', async () => {
  const help = await run(['--help']);
  expect(help.code).toBe(0);
  for (const word of ['--stdin-filename', '--every-rule', 'explain', 'Exit']) {
    expect(help.out).toContain(word);
  }
  expect((await run(['--version'])).out).toBe('1.2.3\n');
  expect((await run(['rules'])).out).toMatch(/^apk-no-cache +info +Use `apk add/m);
  const explained = await run(['explain', 'DL3019']);
  expect(explained.out).toContain('# apk-no-cache');
  expect(explained.out).not.toMatch(/[«»]/);
});

describe('control characters', () => {
  const name = 'a\u001b[31m\u009b2J\u202e.Dockerfile';
  const text = 'FROM a\u001b]0;x\u0007\nFOO\u001b[2J\u202e x\nWORKDIR a\u009b2J\n';
  const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

  test.each(['text', 'json', 'sarif', 'github'])(
    'are not printed by the format %s',
    async (format) => {
      const ran = await run(['lint', '--format', format, name, 'missing\u001b[1m'], {
        [`/work/${name}`]: text,
      });
      expect(ran.out).toContain('Dockerfile');
      expect(ran.out).not.toMatch(control);
    },
  );

  test('JSON keeps the name', async () => {
    const ran = await run(['lint', '--format', 'json', name], { [`/work/${name}`]: text });
    expect(parsed(ran).files[0]?.path).toBe(name);
  });
});

test('reports a configuration that is too large', async () => {
  const files = { '/work/Dockerfile': clean, '/work/.hadolint.yaml': 'a: b\n'.repeat(60_000) };
  const ran = await run(['lint', 'Dockerfile'], files);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.err).toContain('The file is larger than 256 kB');
});

test('finds files in a thousand nested directories', async () => {
  const folder = `/work/${'d/'.repeat(1000)}`;
  const ran = await run(['lint', '--format', 'json', '.'], { [`${folder}Dockerfile`]: clean });
  expect(parsed(ran).files).toHaveLength(1);
});

test('reports folders whose paths are too long, and checks the others', async () => {
  const folder = `/work/${'d/'.repeat(2500)}`;
  const files = { '/work/Dockerfile': clean, [`${folder}Dockerfile`]: clean };
  const ran = await run(['lint', '--format', 'json', '.'], files);
  expect(ran.code).toBe(2);
  const found = parsed(ran).files;
  expect(found.map(({ error }) => error)).toEqual([undefined, 'the path is too long']);
  expect(found[0]?.path).toBe('Dockerfile');
});
