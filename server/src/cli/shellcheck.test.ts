import { describe, expect, test } from 'vitest';
import { findShellCheck } from '../shellcheck/program.ts';
import type { Io } from './io.ts';
import { main } from './main.ts';

const program = await findShellCheck('auto', () => undefined);
/** Skipped where `shellcheck` is not installed. */
const real = test.skipIf(program === undefined);

async function run(
  argv: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly rules: readonly string[]; readonly err: string }> {
  let out = '';
  let err = '';
  const io: Io = {
    cwd: '/work',
    colors: false,
    version: '1.2.3',
    out: (text) => (out += text),
    err: (text) => (err += text),
    stdin: () => Promise.resolve(Buffer.from('')),
    read: (path) => Promise.resolve(Buffer.from(files[path] ?? '')),
    write: () => Promise.resolve(),
    kind: (path) => Promise.resolve(path in files ? 'file' : undefined),
    list: () => Promise.resolve([]),
    identity: (path) => Promise.resolve(path),
    shellcheck: findShellCheck,
  };
  const code = await main(['lint', '--format', 'json', ...argv, 'Dockerfile'], io);
  const parsed = (out === '' ? { files: [] } : JSON.parse(out)) as {
    readonly files: readonly { readonly findings: readonly { readonly rule: string }[] }[];
  };
  return { code, err, rules: parsed.files.flatMap((one) => one.findings.map(({ rule }) => rule)) };
}

const file = { '/work/Dockerfile': 'FROM alpine:3.22\nRUN b "$c"\nUSER d\n' };

describe('--shellcheck', () => {
  test('is off by default', async () => {
    expect((await run([], file)).rules).toEqual([]);
    expect((await run(['--shellcheck', 'off'], file)).rules).toEqual([]);
  });

  real('adds findings, which count for the exit code', async () => {
    const { rules, code } = await run(['--shellcheck', 'auto'], file);
    expect(rules).toEqual(['shellcheck/SC2154']);
    expect(code).toBe(1);
  });

  real.each([
    ['--rule', { ...file }, ['--rule', 'SC2154=off']],
    ['.drydock.json', { ...file, '/work/.drydock.json': '{"rules":{"shellcheck/SC2154":"off"}}' }, []], // prettier-ignore
    ['.hadolint.yaml', { ...file, '/work/.hadolint.yaml': 'ignored: [SC2154]\n' }, []],
  ] as const)('turns a code off with %s', async (_, files, argv) => {
    const { rules, code } = await run(['--shellcheck', 'auto', ...argv], files);
    expect([rules, code]).toEqual([[], 0]);
  });

  real('changes the severity with an override of hadolint', async () => {
    const files = { ...file, '/work/.hadolint.yaml': 'override: { info: [SC2154] }\n' };
    expect(await run(['--shellcheck', 'auto'], files)).toMatchObject({ code: 0 });
  });

  test('exits with 2 for a path that is not an executable', async () => {
    const { code, err } = await run(['--shellcheck', '/no/such/program'], file);
    expect(code).toBe(2);
    expect(err).toContain('/no/such/program');
  });
});
