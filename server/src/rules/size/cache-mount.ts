/** tally/prefer-package-cache-mounts, hadolint DL3068 to DL3077. Off: how a project keeps its downloads is its own affair, and not every builder has mounts. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { apk, apkLike } from '../../programs/apk.ts';
import { apt, aptLike, aptSources } from '../../programs/apt.ts';
import { gradleLike, mavenLike } from '../../programs/build-tools.ts';
import { bundle, bundleLike } from '../../programs/bundle.ts';
import { cargoLike } from '../../programs/cargo.ts';
import { composer, composerLike } from '../../programs/composer.ts';
import { dnf, dnfCaches, dnfLike } from '../../programs/dnf.ts';
import { gem, gemLike } from '../../programs/gem.ts';
import { go, goLike } from '../../programs/go.ts';
import { npm, npmLike, npmTests } from '../../programs/npm.ts';
import { pacmanLike } from '../../programs/pacman.ts';
import { pip, pipLike, uv, uvLike } from '../../programs/pip.ts';
import { pnpm, pnpmLike } from '../../programs/pnpm.ts';
import { isNamed, type Family } from '../../programs/program.ts';
import { yarn, yarnLike } from '../../programs/yarn.ts';
import { zypper, zypperLike } from '../../programs/zypper.ts';
import { nameOf } from '../../shell/commands.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { cacheTargets, isMounted } from '../../model/mounts.ts';
import { withoutWord } from '../../lint/edits/without-word.ts';

interface Manager {
  readonly names: Family;
  /** Words behind the name that make it fetch; the first that is no option. */
  readonly verbs: readonly string[] | RegExp;
  /** Where it keeps what it fetches when root runs it. */
  readonly folders: readonly string[];
  /** One build at a time may write. */
  readonly locked?: true;
  /** Options that keep nothing, and would leave the mount empty. */
  readonly options?: RegExp;
  /** As hadolint calls it, which is content with one of the folders. */
  readonly hadolint?: string;
  /** Mounts that do as well: where it keeps things by an older version or another setting. */
  readonly elsewhere?: RegExp;
}

const gems = { hadolint: 'DL3077', elsewhere: /\.gem|bundle/ };

const managers: readonly Manager[] = [
  {
    names: aptLike,
    verbs: [...apt.verbs.install, ...apt.verbs.upgrade, ...aptSources],
    folders: ['/var/cache/apt', '/var/lib/apt'],
    locked: true,
  },
  { names: apkLike, verbs: apk.verbs.install, folders: ['/var/cache/apk'], locked: true, options: /^--no-cache$/ },
  ...dnfLike.map((name): Manager => ({
    names: [name],
    verbs: [...dnf.verbs.install, ...dnf.verbs.upgrade],
    folders: [dnfCaches[name]],
    locked: true,
  })),
  { names: zypperLike, verbs: [...zypper.verbs.install, ...zypper.verbs.upgrade], folders: ['/var/cache/zypp'], locked: true },
  { names: pacmanLike, verbs: /^-S\w*$/, folders: ['/var/cache/pacman/pkg'], locked: true },
  {
    names: npmLike,
    verbs: [...npm.verbs.install, ...npm.verbs.restore, ...npmTests],
    folders: ['/root/.npm'],
    hadolint: 'DL3068',
  },
  { names: yarnLike, verbs: yarn.verbs.restore, folders: ['/usr/local/share/.cache/yarn'] },
  { names: pnpmLike, verbs: [...pnpm.verbs.install, 'fetch'], folders: ['/root/.local/share/pnpm/store'], hadolint: 'DL3075', elsewhere: /pnpm/ },
  { names: ['bun'], verbs: /^(?:install|i|add)$/, folders: ['/root/.bun/install/cache'] },
  {
    names: pipLike,
    verbs: [...pip.verbs.install, ...pip.verbs.download],
    folders: ['/root/.cache/pip'],
    options: /^--no-cache-dir$/,
  },
  { names: uvLike, verbs: [...uv.verbs.install, ...uv.verbs.restore, 'pip', 'tool', 'python'], folders: ['/root/.cache/uv'], options: /^(?:--no-cache|-n)$/ },
  { names: ['poetry'], verbs: /^install$/, folders: ['/root/.cache/pypoetry'], options: /^--no-cache$/ },
  { names: bundleLike, verbs: [...bundle.verbs.restore, ...bundle.verbs.upgrade], folders: ['/root/.bundle/cache'], ...gems },
  { names: gemLike, verbs: gem.verbs.install, folders: ['/usr/local/bundle/cache'], ...gems },
  { names: composerLike, verbs: [...composer.verbs.restore, ...composer.verbs.upgrade, ...composer.verbs.install], folders: ['/root/.composer/cache'], options: /^--no-cache$/, hadolint: 'DL3073' },
  { names: goLike, verbs: [...go.verbs.install, 'build', 'mod', 'test'], folders: ['/go/pkg/mod', '/root/.cache/go-build'], hadolint: 'DL3070' },
  { names: cargoLike, verbs: ['build', 'install', 'fetch', 'test', 'check', 'clippy', 'chef'], folders: ['/usr/local/cargo/registry'], hadolint: 'DL3069', elsewhere: /\.cargo/ },
  { names: mavenLike, verbs: /^(?!-)/, folders: ['/root/.m2'], hadolint: 'DL3071' },
  { names: gradleLike, verbs: /^(?!-)/, folders: ['/root/.gradle'], hadolint: 'DL3072' },
  { names: ['dotnet'], verbs: /^(?:restore|build|publish|test)$/, folders: ['/root/.nuget/packages'], hadolint: 'DL3074' },
  { names: ['nuget'], verbs: /^restore$/, folders: ['/root/.nuget/packages'], hadolint: 'DL3074' },
  { names: ['mix'], verbs: /^(?:deps\.get|deps\.compile|compile)$/, folders: ['/root/.hex', '/root/.mix'], hadolint: 'DL3076' },
]; // prettier-ignore
const names = managers.flatMap((one) => one.names);

export default rule({
  summary: 'Keep what package managers fetch in a cache mount',
  why: 'When one dependency changes, its step runs anew and fetches all of them. A cache mount outlives the step: what is there is not fetched again, and nothing of it gets into the layer. It needs BuildKit, and a cache that the builder keeps; builders that start empty gain nothing.',
  severity: 'off',
  fix: 'unsafe',
  since: '0.1.0',
  also: {
    hadolint: ['DL3068', 'DL3069', 'DL3070', 'DL3071', 'DL3072', 'DL3073', 'DL3074', 'DL3075', 'DL3076', 'DL3077'],
    tally: ['tally/prefer-package-cache-mounts'],
  }, // prettier-ignore
  links: ['https://docs.docker.com/build/cache/optimize/#use-cache-mounts'],
  on: { commands: names },
  examples: [
    {
      bad: dockerfile`
        FROM golang:1.26 AS build
        COPY . .
        RUN «go build» -o /server .
      `,
      good: dockerfile`
        FROM golang:1.26 AS build
        COPY . .
        RUN --mount=type=cache,target=/go/pkg/mod \
            --mount=type=cache,target=/root/.cache/go-build \
            go build -o /server .
      `,
    },
    {
      note: 'Options that keep nothing go with it:',
      bad: dockerfile`
        FROM python:3.13-slim
        COPY requirements.txt .
        RUN «pip install» --no-cache-dir -r requirements.txt
      `,
      good: dockerfile`
        FROM python:3.13-slim
        COPY requirements.txt .
        RUN --mount=type=cache,target=/root/.cache/pip \
            pip install -r requirements.txt
      `,
    },
  ],
  check({ model, report }) {
    const byRun = new Map<object, Missed[]>();
    for (const at of model.commands(...names)) {
      const missed = missedBy(model, at);
      if (missed === undefined) continue;
      const group = byRun.get(at.run);
      if (group) group.push(missed);
      else byRun.set(at.run, [missed]);
    }
    for (const group of byRun.values()) {
      const [first] = group;
      if (first === undefined) continue;
      const { at, asked, manager, missing } = first;
      const fix = mounted(model, at, { ...manager, folders: missing });
      report({
        at: { span: { start: at.command.span.start, end: asked.span.end } },
        message: t('What `{0}` fetches is fetched anew each time', nameOf(at.command) ?? ''),
        also: [...new Set(group.flatMap(byHadolint))],
        ...(fix && { fix }),
      });
    }
  },
});

interface Missed {
  readonly at: CommandAt;
  readonly manager: Manager;
  /** The word that makes it fetch. */
  readonly asked: ShellWord;
  readonly missing: readonly string[];
}

/** The folders of a command that fetches and has no mount for them. */
function missedBy(model: Model, at: CommandAt): Missed | undefined {
  const { command, run } = at;
  const name = nameOf(command);
  const manager = managers.find((one) => isNamed(name, one.names));
  const verb = command.args.find(({ text }) => !text.startsWith('-')) ?? command.args[0];
  const asked = isNamed(name, pacmanLike) ? command.args[0] : verb;
  if (manager === undefined || asked === undefined || run.command?.form !== 'shell')
    return undefined;
  if (!fetches(manager, asked.text) || !isPosix(model, at)) return undefined;
  const { elsewhere } = manager;
  if (elsewhere && cacheTargets(run).some((target) => elsewhere.test(target))) return undefined;
  const { folders } = manager;
  const missing = run.flags.length === 0 ? folders : folders.filter((one) => !isThere(run, one));
  return missing.length === 0 ? undefined : { at, manager, asked, missing };
}

function fetches({ verbs }: Manager, word: string): boolean {
  return verbs instanceof RegExp ? verbs.test(word) : verbs.includes(word);
}

function byHadolint({ manager, missing }: Missed): readonly string[] {
  const { hadolint, folders } = manager;
  return hadolint !== undefined && missing.length === folders.length ? [hadolint] : [];
}

/** A mount on it, around it, or on the folder of the same name in another home. */
function isThere(run: CommandAt['run'], folder: string): boolean {
  return isMounted(run, folder) || isMounted(run, folder.replace(/^\/root/, ''));
}

function isPosix(model: Model, { run }: CommandAt): boolean {
  const { dialect } = model.stateAt(run).shell;
  return dialect === 'sh' || dialect === 'bash';
}

/** Undefined for users other than root, whose homes are not known, and where the step clears what it fetched. */
function mounted(model: Model, at: CommandAt, manager: Manager): Fix | undefined {
  const { tree } = model;
  const { run, command } = at;
  const user = model.stateAt(run).user?.text ?? 'root';
  const script = tree.text.slice(run.span.start, run.span.end);
  if (!/^(?:root|0)(?::|$)/.test(user) || /\bclean\b|\brm\s+-/.test(script)) return undefined;
  const sharing = manager.locked ? ',sharing=locked' : '';
  const mounts = manager.folders.map((folder) => `--mount=type=cache,target=${folder}${sharing}`);
  const before = run.flags.at(-1) ?? run.keyword;
  const text = mounts.map((one, i) => `${i === 0 ? ' ' : '    '}${one} ${tree.escape}\n`).join('');
  const gap = /^[ \t]*/.exec(tree.text.slice(before.span.end))?.[0].length ?? 0;
  const option = manager.options && command.args.find((word) => manager.options?.test(word.text));
  return {
    title: t('Mount a cache'),
    edits: [
      { span: { start: before.span.end, end: before.span.end + gap }, text: `${text}    ` },
      ...(option ? [withoutWord(tree.text, option.span, tree.escape)] : []),
    ],
    safe: false,
  };
}
