/** Safe fixes keep what scripts run: the same programs in the same order, apart from what the titles of the fixes say. */
import { describe, expect, test } from 'vitest';
import { document } from '../../server/src/model/document.ts';
import { fixAll } from '../../server/src/lint/fix.ts';
import { lint } from '../../server/src/lint/lint.ts';
import type { Finding } from '../../server/src/lint/rule.ts';
import type { Dockerfile, Run } from '../../server/src/syntax/tree.ts';
import { rules } from '../../server/src/rules/index.ts';
import { createRandom } from '../random.ts';
import { canRecord, record } from '../shell/recording-shell.ts';
import { texts } from './texts.ts';

const config = { rules: {}, everyRule: true };

interface Fixed {
  readonly text: string;
  /** The programs that the titles of the applied fixes name. */
  readonly named: ReadonlySet<string>;
}

function fix(text: string): Fixed {
  const named = new Set<string>();
  const find = (now: string): readonly Finding[] => {
    const found = lint(document('', now).model, rules, config);
    for (const { fix: one } of found)
      if (one && one.safe !== false)
        for (const [, code = ''] of one.title.matchAll(/`([^`]+)`/g)) named.add(nameOf(code));
    return found;
  };
  return { text: fixAll(text, find, 'safe').text, named };
}

interface Calls {
  readonly names: readonly string[];
  /** The exit status of each script, in order. */
  readonly statuses: readonly (number | null)[];
}

/** The scripts of a file that a POSIX shell runs; undefined for one that is not known. */
function scriptsOf(text: string): readonly (string | undefined)[] {
  const { tree, model } = document('', text);
  return model.each('RUN').flatMap((run) => {
    const dialect = model.script(run)?.dialect;
    const isPosix = run.command?.form === 'shell' && (dialect === 'sh' || dialect === 'bash');
    return isPosix ? [scriptOf(tree, run)] : [];
  });
}

/** What scripts run; undefined if one of them is not known, or bash cannot parse it. */
function callsOf(scripts: readonly (string | undefined)[]): Calls | undefined {
  const names: string[] = [];
  const statuses: (number | null)[] = [];
  for (const script of scripts) {
    const recorded = script === undefined ? undefined : record(script);
    if (recorded === undefined) return undefined;
    names.push(...recorded.calls.map(nameOf));
    statuses.push(recorded.status);
  }
  return { names, statuses };
}

/** The script that the shell gets; undefined if it is not known. */
function scriptOf(tree: Dockerfile, { words, heredocs, span }: Run): string | undefined {
  const [first] = words;
  const [heredoc, second] = heredocs;
  if (first === undefined || tree.escape !== '\\' || second !== undefined) return undefined;
  if (heredoc === undefined) return withoutComments(tree.text.slice(first.span.start, span.end));
  return first.text.startsWith('<<')
    ? tree.text.slice(heredoc.body.start, heredoc.body.end)
    : undefined;
}

/** Docker removes comments, empty lines and whitespace after a continuation from an instruction. */
function withoutComments(script: string): string {
  return script
    .replace(/(?<=\n)[ \t]*(?:#[^\n]*)?\r?\n/g, '')
    .replace(/\n[ \t]*#[^\n]*$/, '')
    .replace(/\\[ \t]*\r?\n/g, '\\\n');
}

/** The program of a call, without the variables before it. */
function nameOf(call: string): string {
  return /^(?:[A-Za-z_]\w*=(?:"[^"]*"|\S*)\s+)*(?:sudo\s+)?(\S+)/.exec(call)?.[1] ?? '';
}

/** Removes the calls of both that the fixes name, one for one, so that only unexplained differences are left. */
function unexplained(
  before: readonly string[],
  after: readonly string[],
  named: ReadonlySet<string>,
): readonly [readonly string[], readonly string[]] {
  const kept = (names: readonly string[]) => names.filter((name) => !named.has(name));
  return [kept(before), kept(after)];
}

/** Expects the same calls before and after; returns whether anything could be compared. */
function compare(text: string): boolean {
  const fixed = fix(text);
  if (fixed.text === text) return false;
  const [scripts, fixedScripts] = [scriptsOf(text), scriptsOf(fixed.text)];
  // Of scripts that correspond, only those that differ have to be run.
  const isSame = (i: number): boolean =>
    scripts.length === fixedScripts.length && scripts[i] === fixedScripts[i];
  const before = callsOf(scripts.filter((_, i) => !isSame(i)));
  const after = callsOf(fixedScripts.filter((_, i) => !isSame(i)));
  if (before === undefined || before.names.length === 0) return false;
  const shown = { before: text, after: fixed.text };
  if (after === undefined) {
    expect({ ...shown, problem: 'bash cannot parse the result' }).toEqual(shown);
    return true;
  }
  const [old, now] = unexplained(before.names, after.names, fixed.named);
  // The parts of a pipeline and background commands run at the same time.
  const isParallel = scripts.some((script = '') => /[^|]\|[^|]|[^&>]&(?![&>\d])/.test(script));
  const sequence = (names: readonly string[]) => (isParallel ? [...names].sort() : names);
  if (JSON.stringify(sequence(old)) !== JSON.stringify(sequence(now)))
    expect({ ...shown, calls: now }).toEqual({ ...shown, calls: old });
  // A step that is removed as a whole is named by the fix.
  if (before.statuses.length === after.statuses.length)
    expect({ statuses: after.statuses, ...shown }).toEqual({ statuses: before.statuses, ...shown });
  return true;
}

/** All are run with DRYDOCK_ALL=1. */
const scripts = process.env['DRYDOCK_ALL'] === undefined ? 200 : 1000;

describe.skipIf(!canRecord())('programs that run after safe fixes', () => {
  test('are those that ran before, in real files', () => {
    expect(texts.filter(compare).length).toBeGreaterThan(5);
  });

  test('are those that ran before, in generated scripts', () => {
    const next = createRandom(16);
    let compared = 0;
    for (let i = 0; i < scripts; i++) if (compare(generated(next))) compared++;
    expect(compared).toBeGreaterThan(scripts / 4);
  });
});

const bases = ['debian:trixie', 'alpine:3.22', 'almalinux:10', 'python:3.13-slim', 'node:24-slim', 'condaforge/miniforge3:25.3.1-0', 'opensuse/leap:16.0', 'archlinux:base']; // prettier-ignore
const commands = [
  'apt-get update',
  'apt-get install -y git curl',
  'apt-get install git',
  'apt update',
  'apt install -y b',
  'apt-get purge -y python3 && apt-get autoremove -y',
  'apk add curl git',
  'apk update',
  'apk del git',
  'dnf install -y httpd',
  'dnf install httpd',
  'yum install -y a b',
  'yum remove -y python',
  'rpm -e --nodeps python python-libs',
  'microdnf install -y c',
  'zypper install -y d',
  'zypper in e',
  'pacman -Sy --noconfirm f',
  'pip install flask',
  'pip3 install -r requirements.txt',
  'python3 -m pip install g',
  'conda install numpy',
  'conda install -y h',
  'conda clean --all',
  'npm ci',
  'npm install -g serve',
  'npm cache clean --force',
  'yarn install',
  'composer install',
  'bundle install',
  'bundle install --deployment --without test',
  'bundle exec bootsnap precompile app/ lib/',
  'apt-get install -y \\\n    zip \\\n    curl',
  'apk add --no-cache \\\n    # tools\n    zip \\\n    curl',
  'gem install rails',
  'wget https://example.org/c',
  'git clone https://example.org/d.git',
  'chmod 777 /src',
  'source /etc/profile',
  'export PATH=/opt/bin:$PATH',
  'add-apt-repository -y ppa:e/f',
  'kill $!',
  'rm -rf /var/lib/apt/lists/*',
  'rm -rf /usr/local/lib/node_modules/npm',
  './configure --prefix=/usr',
  'make -j4',
  './install-deps.sh',
  'cd /src',
  'curl -fsSL https://example.org/a -o /b',
  'useradd -u 4000000000 app',
  'sudo dnf install -y i',
  'bash -c "j && k"',
  'exec l',
  'exit 0',
  'true',
];
const joints = [
  ' && ',
  ' && ',
  ' && \\\n    ',
  ' \\\n && ',
  '; ',
  ' || ',
  ' | ',
  ' & ',
  ' && \\\n    # a comment\n    ',
  ' && \\\n\n    ',
];

function generated(next: () => number): string {
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const chain = (): string => {
    let text = one(commands);
    for (let more = Math.floor(next() * 4); more > 0; more--) text += one(joints) + part();
    return text;
  };
  const part = (): string => {
    const kind = next();
    if (kind < 0.08) return `if ${one(commands)}; then ${one(commands)}; fi`;
    if (kind < 0.12) return `( ${one(commands)} && ${one(commands)} )`;
    if (kind < 0.16) return `{ ${one(commands)}; ${one(commands)}; }`;
    if (kind < 0.2) return `for x in 1 2; do ${one(commands)}; done`;
    return one(commands);
  };
  const steps = Array.from({ length: 1 + Math.floor(next() * 3) }, () =>
    next() < 0.1 ? `RUN <<EOF\n${one(commands)}\n${one(commands)}\nEOF` : `RUN ${chain()}`,
  );
  return `FROM ${one(bases)}\n${steps.join('\n')}\n`;
}
