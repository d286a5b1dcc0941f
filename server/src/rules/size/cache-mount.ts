/**
 * tally prefer-package-cache-mounts. Off: how downloads are cached is a decision of the project,
 * and not every builder supports mounts.
 */
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
import { t } from '../../text/translation.ts';
import { cacheTargets, isMounted } from '../../model/mounts.ts';
import { removeWord } from '../../lint/edits/remove-word.ts';

interface Manager {
  readonly names: Family;
  /** Subcommands that download packages: the first argument that is not an option. */
  readonly verbs: readonly string[] | RegExp;
  /** Where root's downloads are stored. */
  readonly directories: readonly string[];
  /** Only one build may write at a time. */
  readonly locked?: true;
  /** Options that turn the cache off, so that the mount would stay empty. */
  readonly options?: RegExp;
  /** A variable that turns the cache off. */
  readonly variable?: string;
  /** Variables that move the cache to another directory, besides `HOME`. */
  readonly moved?: readonly string[];
  /** Targets of mounts that are accepted too: where older versions or other settings store the downloads. */
  readonly elsewhere?: RegExp;
}

const gems = { elsewhere: /\.gem|bundle/ };

const managers: readonly Manager[] = [
  {
    names: aptLike,
    verbs: [...apt.verbs.install, ...apt.verbs.upgrade, ...aptSources],
    directories: ['/var/cache/apt', '/var/lib/apt'],
    locked: true,
  },
  { names: apkLike, verbs: apk.verbs.install, directories: ['/var/cache/apk'], locked: true, options: /^--no-cache$/ },
  ...dnfLike.map((name): Manager => ({
    names: [name],
    verbs: [...dnf.verbs.install, ...dnf.verbs.upgrade],
    directories: [dnfCaches[name]],
    locked: true,
  })),
  { names: zypperLike, verbs: [...zypper.verbs.install, ...zypper.verbs.upgrade], directories: ['/var/cache/zypp'], locked: true },
  { names: pacmanLike, verbs: /^-S\w*$/, directories: ['/var/cache/pacman/pkg'], locked: true },
  {
    names: npmLike,
    verbs: [...npm.verbs.install, ...npm.verbs.restore, ...npmTests],
    directories: ['/root/.npm'],
    moved: ['npm_config_cache', 'NPM_CONFIG_CACHE'],
  },
  { names: yarnLike, verbs: yarn.verbs.restore, directories: ['/usr/local/share/.cache/yarn'], moved: ['YARN_CACHE_FOLDER'] },
  { names: pnpmLike, verbs: [...pnpm.verbs.install, 'fetch'], directories: ['/root/.local/share/pnpm/store'], moved: ['PNPM_HOME', 'XDG_DATA_HOME'], elsewhere: /pnpm/ },
  { names: ['bun'], verbs: /^(?:install|i|add)$/, directories: ['/root/.bun/install/cache'] },
  {
    names: pipLike,
    verbs: [...pip.verbs.install, ...pip.verbs.download],
    directories: ['/root/.cache/pip'],
    options: /^--no-cache-dir$/,
    variable: 'PIP_NO_CACHE_DIR',
    moved: ['PIP_CACHE_DIR', 'XDG_CACHE_HOME'],
  },
  { names: uvLike, verbs: [...uv.verbs.install, ...uv.verbs.restore, 'pip', 'tool', 'python'], directories: ['/root/.cache/uv'], options: /^(?:--no-cache|-n)$/, variable: 'UV_NO_CACHE', moved: ['UV_CACHE_DIR', 'XDG_CACHE_HOME'] },
  { names: ['poetry'], verbs: /^install$/, directories: ['/root/.cache/pypoetry'], moved: ['POETRY_CACHE_DIR', 'XDG_CACHE_HOME'], options: /^--no-cache$/ },
  { names: bundleLike, verbs: [...bundle.verbs.restore, ...bundle.verbs.upgrade], directories: ['/root/.bundle/cache'], ...gems },
  { names: gemLike, verbs: gem.verbs.install, directories: ['/usr/local/bundle/cache'], ...gems },
  { names: composerLike, verbs: [...composer.verbs.restore, ...composer.verbs.upgrade, ...composer.verbs.install], directories: ['/root/.composer/cache'], moved: ['COMPOSER_HOME', 'COMPOSER_CACHE_DIR'], options: /^--no-cache$/ },
  { names: goLike, verbs: [...go.verbs.install, 'build', 'mod', 'test'], directories: ['/go/pkg/mod', '/root/.cache/go-build'], moved: ['GOPATH', 'GOMODCACHE', 'GOCACHE', 'XDG_CACHE_HOME'] },
  { names: cargoLike, verbs: ['build', 'install', 'fetch', 'test', 'check', 'clippy', 'chef'], directories: ['/usr/local/cargo/registry'], moved: ['CARGO_HOME'], elsewhere: /\.cargo/ },
  { names: mavenLike, verbs: /^(?!-)/, directories: ['/root/.m2'] },
  { names: gradleLike, verbs: /^(?!-)/, directories: ['/root/.gradle'], moved: ['GRADLE_USER_HOME'] },
  { names: ['dotnet'], verbs: /^(?:restore|build|publish|test)$/, directories: ['/root/.nuget/packages'], moved: ['NUGET_PACKAGES'] },
  { names: ['nuget'], verbs: /^restore$/, directories: ['/root/.nuget/packages'], moved: ['NUGET_PACKAGES'] },
  { names: ['mix'], verbs: /^(?:deps\.get|deps\.compile|compile)$/, directories: ['/root/.hex', '/root/.mix'] },
]; // prettier-ignore
const names = managers.flatMap((one) => one.names);

export default rule({
  summary: 'Use `RUN --mount=type=cache` for package managers',
  why: 'When one dependency changes, the step runs again and downloads all of them. A cache mount keeps the downloads between builds, and they are not stored in the layer.\n\nThis rule is off by default, because cache mounts require BuildKit, and builders that start with an empty cache do not benefit from them.',
  severity: 'off',
  fix: 'unsafe',
  since: '0.1.0',
  also: {
    tally: ['tally/prefer-package-cache-mounts'],
  }, // prettier-ignore
  links: ['https://docs.docker.com/build/cache/optimize/#use-cache-mounts'],
  on: { commands: names },
  examples: [
    {
      note: 'Debian and Ubuntu images delete downloaded packages, which has to be turned off:',
      bad: dockerfile`
        FROM debian:13
        RUN apt-get update && «apt-get install» -y curl
      `,
      good: dockerfile`
        FROM debian:13
        RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
            --mount=type=cache,target=/var/lib/apt,sharing=locked \
            rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y curl
      `,
    },
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
      note: 'Options that turn the cache off are removed:',
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
    const byRun = new Map<object, MissingMounts[]>();
    for (const at of model.commands(...names)) {
      const missingMounts = missingMountsOf(model, at);
      if (missingMounts === undefined) continue;
      const group = byRun.get(at.run);
      if (group) group.push(missingMounts);
      else byRun.set(at.run, [missingMounts]);
    }
    // The whole text is searched once, not for each step.
    const keepsPackages = model.tree.text.includes(dockerClean);
    for (const group of byRun.values()) {
      const [first] = group;
      if (first === undefined) continue;
      const { at, subcommand, manager, missing } = first;
      const fix = addMounts(model, at, { ...manager, directories: missing }, keepsPackages);
      report({
        at: { span: { start: at.command.span.start, end: subcommand.span.end } },
        message: t(
          '`{0}` downloads packages again each time this step runs; use a cache mount',
          nameOf(at.command) ?? '',
        ),
        ...(fix && { fix }),
      });
    }
  },
});

interface MissingMounts {
  readonly at: CommandAt;
  readonly manager: Manager;
  /** The subcommand that downloads packages. */
  readonly subcommand: ShellWord;
  readonly missing: readonly string[];
}

/** The cache directories of a command that downloads packages and has no mount for them. */
function missingMountsOf(model: Model, at: CommandAt): MissingMounts | undefined {
  const { command, run } = at;
  const name = nameOf(command);
  const manager = managers.find((one) => isNamed(name, one.names));
  const verb = command.args.find(({ text }) => !text.startsWith('-')) ?? command.args[0];
  const subcommand = isNamed(name, pacmanLike) ? command.args[0] : verb;
  if (manager === undefined || subcommand === undefined || run.command?.form !== 'shell')
    return undefined;
  if (!downloads(manager, subcommand.text) || !isPosix(model, at)) return undefined;
  const { elsewhere } = manager;
  if (elsewhere && cacheTargets(run).some((target) => elsewhere.test(target))) return undefined;
  const { directories } = manager;
  const missing =
    run.flags.length === 0 ? directories : directories.filter((one) => !isAnyMounted(run, one));
  return missing.length === 0 ? undefined : { at, manager, subcommand, missing };
}

function downloads({ verbs }: Manager, word: string): boolean {
  return verbs instanceof RegExp ? verbs.test(word) : verbs.includes(word);
}

/** Whether a mount covers the directory, or the directory of the same name in another home directory. */
function isAnyMounted(run: CommandAt['run'], directory: string): boolean {
  return isMounted(run, directory) || isMounted(run, directory.replace(/^\/root/, ''));
}

function isPosix(model: Model, { run }: CommandAt): boolean {
  const dialect = model.shellAt(run)?.dialect;
  return dialect === 'sh' || dialect === 'bash';
}

/**
 * Whether the environment, or an assignment in the script, turns the cache off or moves it to another directory, so that the
 * mount would stay empty.
 */
function isElsewhere(
  model: Model,
  { run }: CommandAt,
  { variable, directories, moved = [] }: Manager,
): boolean {
  const { variables } = model.stateAt(run);
  const script = model.tree.text.slice(run.span.start, run.span.end);
  const valueOf = (name: string): string | undefined =>
    new RegExp(`(?<![\\w$])${name}=["']?([^\\s;&"']*)`).exec(script)?.[1] ??
    variables.get(name)?.value;
  const off = variable === undefined ? undefined : valueOf(variable);
  // pip reads any boolean as `1` (`--no-cache-dir` in pip's cmdoptions.py).
  const enabled = variable === 'PIP_NO_CACHE_DIR' ? /^$/ : /^(?:|0|false|off|no)$/i;
  if (off !== undefined && !enabled.test(off)) return true;
  const isInHome = directories.some((one) => one.startsWith('/root/'));
  return [...moved, ...(isInHome ? ['HOME'] : [])].some((name) => {
    const directory = valueOf(name);
    return directory !== undefined && !directories.some((one) => isWithin(one, directory));
  });
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory.replace(/\/+$/, '')}/`);
}

/** The configuration with which Debian and Ubuntu images delete downloaded packages after each installation. */
const dockerClean = '/etc/apt/apt.conf.d/docker-clean';

/**
 * Undefined for users other than root, whose home directories are not known, where the step clears the cache, and where
 * the cache would stay empty.
 */
function addMounts(
  model: Model,
  at: CommandAt,
  manager: Manager,
  aptKeepsPackages: boolean,
): Fix | undefined {
  const { tree } = model;
  const { run, command } = at;
  const user = model.stateAt(run).user?.text ?? 'root';
  const script = tree.text.slice(run.span.start, run.span.end);
  if (!/^(?:root|0)(?::|$)/.test(user) || /\bclean\b|\brm\s+-/.test(script)) return undefined;
  if (isElsewhere(model, at, manager)) return undefined;
  const keepsPackages = manager.names !== aptLike || aptKeepsPackages;
  if (!keepsPackages && run.heredocs.length > 0) return undefined;
  const sharing = manager.locked ? ',sharing=locked' : '';
  const mounts = manager.directories.map(
    (directory) => `--mount=type=cache,target=${directory}${sharing}`,
  );
  const before = run.flags.at(-1) ?? run.keyword;
  const text = mounts.map((one, i) => `${i === 0 ? ' ' : '    '}${one} ${tree.escape}\n`).join('');
  const gap = /^[ \t]*/.exec(tree.text.slice(before.span.end))?.[0].length ?? 0;
  const option = manager.options && command.args.find((word) => manager.options?.test(word.text));
  return {
    title: t('Add `{0}`', '--mount=type=cache'),
    edits: [
      {
        span: { start: before.span.end, end: before.span.end + gap },
        text: `${text}    ${keepsPackages ? '' : `rm -f ${dockerClean} && `}`,
      },
      ...(option ? [removeWord(tree.text, option.span, tree.escape)] : []),
    ],
    safe: false,
  };
}
