/** The files of the project build the same images before and after the safe fixes of all rules. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { fileEntry, packTar, type TarEntry } from '../../client/src/engine/tar.ts';
import { unpackTar } from '../../client/src/engine/tar-reader.ts';
import { Unavailable, type NewerEngine } from '../../scripts/setup/newer-engine.mts';
import { fixAll } from '../../server/src/lint/fix.ts';
import { unmark } from '../../server/src/lint/example.ts';
import { lint } from '../../server/src/lint/lint.ts';
import { document } from '../../server/src/model/document.ts';
import { rules } from '../../server/src/rules/index.ts';
import { ownDockerfiles } from '../dockerfiles.ts';
import { withNewerEngine } from './buildkit.ts';
import { offlineBase, offlineFile, type OfflineFile } from './offline-files.ts';

const run = promisify(execFile);

/** They run; all other programs only print their calls. */
const applets = 'sh ash cat echo env ln mkdir printf rm seq sleep test touch true false'.split(' ');

const builtin =
  /^(?:set|export|cd|exit|:|\[|\[\[|eval|exec|\.|source|shift|unset|read|trap|umask|wait|local|return|type|alias|ulimit|command)$/;

interface Trial {
  readonly name: string;
  readonly file: OfflineFile;
  readonly fixed: string;
}

function fix(text: string): string {
  const config = { rules: {}, everyRule: true };
  return fixAll(text, (it) => lint(document('', it).model, rules, config), 'safe').text;
}

/** The files of the project, and the examples of rules with a safe fix. */
const texts = [
  ...ownDockerfiles.map((text, i) => ({ name: `file ${String(i + 1)}`, text })),
  ...rules.flatMap(({ id, rule }) =>
    rule.fix === 'safe'
      ? rule.examples.map(({ bad }, i) => ({
          name: `${id} ${String(i + 1)}`,
          text: unmark(bad).text,
        }))
      : [],
  ),
];

const trials = texts.flatMap(({ name, text }): Trial[] => {
  const file = offlineFile(text);
  const fixed = file && fix(file.text);
  return file === undefined || fixed === undefined || fixed === file.text
    ? []
    : [{ name, file, fixed }];
});

/** What a build of a file gives; undefined if the build fails. */
interface Built {
  readonly config: unknown;
  /** Each file of the image with its kind, mode and content. */
  readonly files: readonly string[];
}

interface FileBuilder {
  build(dockerfile: string, sources: readonly string[]): Promise<Built | undefined>;
  stop(): Promise<void>;
}

const builder = await withNewerEngine((engine) => createBuilder(engine));

async function createBuilder(engine: NewerEngine): Promise<FileBuilder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-fixed-'));
  const docker = (...args: string[]) =>
    run('docker', args, { env: engine.env, cwd: folder, maxBuffer: 1e9 });
  await writeFile(path.join(folder, 'base.tar'), packTar(baseFiles()));
  await docker('import', 'base.tar', offlineBase);
  let count = 0;
  return {
    async build(dockerfile, sources) {
      const name = `built-${String(count++)}`;
      await mkdir(path.join(folder, name));
      for (const source of sources) await writeSource(path.join(folder, name), source);
      await writeFile(path.join(folder, `${name}.Dockerfile`), dockerfile);
      const options = ['--file', `${name}.Dockerfile`, '--provenance=false', '--tag', name];
      const outputs = ['--output', `type=tar,dest=${name}.tar`, '--output', 'type=docker'];
      try {
        await docker('buildx', 'build', ...options, ...outputs, name);
      } catch {
        return undefined;
      }
      const { stdout } = await docker('image', 'inspect', '--format', '{{json .Config}}', name);
      const files = await filesOf(path.join(folder, `${name}.tar`));
      return { config: JSON.parse(stdout) as unknown, files };
    },
    stop: async () => {
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function filesOf(tar: string): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const { name, kind, mode, linkTarget, content } of unpackTar(createReadStream(tar))) {
    const sum = createHash('sha256');
    if (content) for await (const chunk of content()) sum.update(chunk);
    files.push([name, kind, mode.toString(8), linkTarget ?? '', sum.digest('hex')].join(' '));
  }
  return files.sort();
}

/** A file for a source of COPY, or a directory with a file if it is written like one. */
async function writeSource(context: string, source: string): Promise<void> {
  const isDirectory = /\/$|^\.$/.test(source) || !source.includes('.');
  const name = source.replace(/^\/+/, '').replace(/[*?[\]{}]/g, 'x');
  const file = path.join(context, isDirectory ? `${name}/content` : name);
  if (!file.startsWith(`${context}/`)) return;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, source);
}

function baseFiles(): readonly TarEntry[] {
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((file) => existsSync(file));
  if (busybox === undefined) throw new Unavailable('busybox is not installed');
  const called = '#!/bin/sh\necho "called: ${0##*/} $*"\n';
  const programs = new Set(trials.flatMap(({ file }) => file.programs));
  const users = new Set(trials.flatMap(({ file }) => file.users).filter((name) => name !== 'root'));
  const link = (name: string): TarEntry => {
    return { name: `bin/${name}`, kind: 'link', mode: 0o777, size: 0, linkTarget: 'busybox' };
  };
  const passwd = ['root', ...users].map((name, i) => `${name}:x:${i}:${i}::/:\n`).join('');
  const group = ['root', ...users].map((name, i) => `${name}:x:${i}:\n`).join('');
  return [
    fileEntry('bin/busybox', readFileSync(busybox), 0o755),
    ...applets.map(link),
    fileEntry('bin/bash', '#!/bin/sh\nexec /bin/sh "$@"\n', 0o755),
    ...[...programs]
      .filter((name) => !applets.includes(name) && name !== 'bash' && !builtin.test(name))
      .map((name) =>
        fileEntry(name.startsWith('/') ? name.slice(1) : `bin/${name}`, called, 0o755),
      ),
    fileEntry('etc/passwd', passwd),
    fileEntry('etc/group', group),
    fileEntry('etc/os-release', 'ID=offline\n'),
    { name: 'tmp', kind: 'directory', mode: 0o1777, size: 0 },
  ];
}

/** Rules whose fixes say that they change the image config. */
const configFixes = /^(?:full-width-punctuation|maintainer|stopsignal-spelling) /;

/** Rules that report what Docker refuses, so that the file is built after their fix only. */
const repairs = /^full-width-punctuation /;

/** Triggers are stored as text, in which `ENV a b` and `ENV a=b` differ. */
function withoutForm(config: unknown): string {
  return JSON.stringify(config ?? null, null, 1).replace(/"(ENV|LABEL) (\w+) /g, '"$1 $2=');
}

describe.skipIf(builder === undefined)('fixed files of the project', () => {
  afterAll(() => builder?.stop());
  let built = 0;

  test.concurrent.each(trials)('$name builds the same image', async ({ name, file, fixed }) => {
    const before = await builder!.build(file.text, file.sources);
    const after = await builder!.build(fixed, file.sources);
    if (before === undefined && repairs.test(name)) {
      expect(after).toBeDefined();
      return;
    }
    expect(after === undefined).toBe(before === undefined);
    expect(after?.files).toEqual(before?.files);
    if (!configFixes.test(name))
      expect(withoutForm(after?.config)).toEqual(withoutForm(before?.config));
    if (before !== undefined) built++;
  });

  test('most of them were built', () => {
    expect(built).toBeGreaterThanOrEqual(30);
  });
});
