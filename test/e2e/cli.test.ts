/** The built command line, as it is shipped. */
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const cli = path.join(root, 'dist/cli.js');
let folder = '';

beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'drydock-cli-'))));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(
  argv: readonly string[],
  input = '',
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, [cli, ...argv], {
    cwd: folder,
    input,
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: path.join(folder, 'cache') },
  });
}

function write(name: string, text: string | Uint8Array): string {
  writeFileSync(path.join(folder, name), text);
  return name;
}

test('prints the version of the package', () => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  expect(run(['--version'])).toMatchObject({ status: 0, stdout: `${version}\n` });
});

test('caches compiled code when a file is linted, without changing the output', () => {
  const kept = (): readonly string[] => {
    const found = path.join(folder, 'cache/drydock');
    return existsSync(found) ? readdirSync(found) : [];
  };
  run(['--version']);
  expect(kept()).toEqual([]);
  write('Dockerfile', 'FROM alpine:3.22\nRUN apk add curl\n');
  const first = run(['lint', 'Dockerfile']);
  expect(kept()).toEqual([expect.stringMatching(/^command-line\.js-/)]);
  expect(run(['lint', 'Dockerfile'])).toEqual({ ...first, pid: expect.any(Number) as number });
  // A damaged cache must not change the output either.
  writeFileSync(path.join(folder, 'cache/drydock', kept()[0] ?? ''), 'x'.repeat(1000));
  expect(run(['lint', 'Dockerfile']).stdout).toBe(first.stdout);
  expect(run(['--version']).status).toBe(0);
});

test('reports findings as JSON and exits with 1', () => {
  write('Dockerfile', 'FROM alpine:3.22\nRUN apk add curl\nCMD ["a"]\nCMD ["b"]\n');
  const { status, stdout } = run(['lint', '--format', 'json', 'Dockerfile']);
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    files: [
      {
        path: 'Dockerfile',
        findings: [{ rule: 'apk-no-cache' }, { rule: 'multiple-cmd' }, { rule: 'user-missing' }],
      },
    ],
  });
});

test('reads standard input and prints no colors to a pipe', () => {
  const { status, stdout } = run(['lint', '-'], 'FORM scratch\n');
  expect(status).toBe(1);
  expect(stdout).toContain('`FORM` is not a Dockerfile instruction; did you mean `FROM`?');
  expect(stdout).not.toMatch(/\u001b/);
});

/** Writes a file whose findings are far larger than the buffer of a pipe. */
function writeManyFindings(): string {
  return write(
    'much',
    `FROM alpine:3.22\n${'RUN apk add curl\n'.repeat(4000)}CMD ["a"]\nCMD ["b"]\n`,
  );
}

test('writes all output to a slow reader', async () => {
  const child = spawn(process.execPath, [cli, 'lint', '--format', 'json', writeManyFindings()], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Reading starts only when output is waiting in the pipe.
  await new Promise((resolve) => child.stdout.once('readable', resolve));
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  const { files } = JSON.parse(Buffer.concat(chunks).toString()) as {
    readonly files: readonly { readonly findings: readonly unknown[] }[];
  };
  expect(files[0]?.findings.length).toBeGreaterThan(4000);
});

test('does not report an error when the reader closes the pipe', async () => {
  const child = spawn(process.execPath, [cli, 'lint', '--format', 'json', writeManyFindings()], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const status = await new Promise((resolve) => child.once('close', resolve));
  expect(stderr).toBe('');
  expect(status).toBe(1);
});

test('prints rule texts in the list of rules, in explain and in SARIF', () => {
  expect(run(['rules']).stdout).toMatch(/^apk-no-cache +\w+ +\S/m);
  expect(run(['explain', 'apk-no-cache']).stdout).toContain('--no-cache');
  write('Dockerfile', 'FROM alpine:3.22\nRUN apk add curl\n');
  const { stdout } = run(['lint', '--format', 'sarif', 'Dockerfile']);
  expect(stdout).toMatch(/"fullDescription": \{\s+"text": "\S/);
});

test('checks the other files if one is binary and one is missing', () => {
  write('binary', Uint8Array.of(70, 0, 255));
  write('good', 'FROM scratch as build\n');
  const { status, stdout, stderr } = run(['lint', '--format', 'json', 'binary', 'gone', 'good']);
  expect(status).toBe(2);
  expect(stderr).toContain('binary');
  const { files } = JSON.parse(stdout) as { readonly files: readonly { readonly path: string }[] };
  expect(files.map((file) => file.path)).toEqual(['binary', 'gone', 'good']);
});

test('checks a directory with a symbolic link to itself', () => {
  write('tree.Dockerfile', 'FROM scratch\n');
  symlinkSync(folder, path.join(folder, 'loop'));
  const { stdout } = run(['lint', '--format', 'json', '.']);
  expect(stdout.match(/tree\.Dockerfile/g)).toHaveLength(1);
  rmSync(path.join(folder, 'loop'));
});

test('--fix writes the fixed file', () => {
  write('fix.Dockerfile', 'FROM alpine:3.22\nRUN apk add curl\n');
  expect(run(['lint', '--fix', 'fix.Dockerfile']).status).toBe(0);
  expect(readFileSync(path.join(folder, 'fix.Dockerfile'), 'utf8')).toBe(
    'FROM alpine:3.22\nRUN apk add --no-cache curl\n',
  );
});

test('checks all samples without an error', () => {
  cpSync(path.join(root, 'samples'), path.join(folder, 'samples'), { recursive: true });
  const { stdout, stderr } = run(['lint', '--format', 'json', '--every-rule', 'samples']);
  expect(stderr).toBe('');
  const { files } = JSON.parse(stdout) as { readonly files: readonly object[] };
  expect(files.length).toBeGreaterThan(1);
});

test('uses the cache of a run over many files at the next start', () => {
  mkdirSync(path.join(folder, 'hundred'));
  for (let i = 0; i < 100; i++) write(`hundred/${String(i)}.Dockerfile`, 'FROM alpine:3.22\n');
  const kept = path.join(folder, 'cache/drydock');
  rmSync(kept, { recursive: true, force: true });
  run(['lint', 'hundred']);
  const [file = ''] = readdirSync(kept);
  const { ino } = statSync(path.join(kept, file));
  run(['lint', 'hundred/1.Dockerfile']);
  expect(readdirSync(kept)).toEqual([file]);
  // If V8 rejected the cached code, it would be compiled again and written as another file.
  expect(statSync(path.join(kept, file)).ino).toBe(ino);
});

test('checks many files in several workers and reports them in order', () => {
  const names = Array.from({ length: 450 }, (_, i) => `many/${String(i).padStart(3, '0')}`);
  for (const name of names) {
    mkdirSync(path.join(folder, name), { recursive: true });
    write(`${name}/Dockerfile`, `FROM alpine:3.22 as a${name.slice(5)}\n`);
  }
  const { status, stdout } = run(['lint', '--format', 'json', 'many']);
  expect(status).toBe(0);
  const { files } = JSON.parse(stdout) as {
    readonly files: readonly { readonly path: string; readonly findings: readonly object[] }[];
  };
  expect(files.map((file) => file.path)).toEqual(names.map((name) => `${name}/Dockerfile`));
  expect(files.every(({ findings }) => findings.length > 0)).toBe(true);
  write('many/200/.drydock.json', '{ "rules": { "nope": "off" } }');
  const wrong = run(['lint', 'many']);
  expect(wrong).toMatchObject({ status: 2, stdout: '' });
  expect(wrong.stderr).toContain('Unknown rule `nope`');
});

test.skipIf(process.platform === 'win32')('pipes and devices are reported and do not block', () => {
  const inside = path.join(folder, 'odd');
  mkdirSync(path.join(inside, 'config'), { recursive: true });
  for (const name of ['Dockerfile', 'x.Dockerfile.dockerignore', 'config/.drydock.json']) {
    expect(spawnSync('mkfifo', [path.join(inside, name)]).status).toBe(0);
  }
  writeFileSync(path.join(inside, 'x.Dockerfile'), 'FROM scratch\nCOPY a /a\n');
  writeFileSync(path.join(inside, 'config/Dockerfile'), 'FROM scratch\nCOPY a /a\n');
  for (const file of ['odd/Dockerfile', '/dev/zero']) {
    const ran = run(['lint', file]);
    expect(ran.status).toBe(2);
    expect(ran.stdout).toContain('this is not a regular file');
  }
  expect(run(['lint', 'odd/x.Dockerfile']).status).toBe(0);
  expect(run(['lint', 'odd/config/Dockerfile']).status).toBe(0);
  const ran = run(['lint', '--config', '/dev/zero', 'odd/x.Dockerfile']);
  expect(ran.status).toBe(2);
  expect(ran.stderr).toContain('it is not a regular file');
});

test.runIf(existsSync('/dev/full'))('a full disk is reported in one sentence', () => {
  write('Dockerfile', 'FROM alpine:3.22\nRUN apk add curl\n');
  const program = [process.execPath, cli, 'lint', 'Dockerfile'];
  const ran = spawnSync('sh', ['-c', 'exec "$@" > /dev/full', 'sh', ...program], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(ran.status).toBe(2);
  expect(ran.stderr).toBe('drydock: Could not write the output: the disk is full\n');
});
