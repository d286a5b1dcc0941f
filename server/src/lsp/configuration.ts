/** The configuration of a document: the editor's settings for it, overridden by the nearest project file. */
import type { Connection } from './protocol.ts';
import type { TypeOf } from '../../../contract/schema.ts';
import { settings } from '../../../contract/settings.ts';
import type { FormatOptions } from '../features/formatting/options.ts';
import type { HintKind, Hints } from '../features/inlay-hints.ts';
import { merge, readRules } from '../project/config.ts';
import { projectFileNames, readProjectFile } from '../project/project-file.ts';
import type { LintConfig, Registered } from '../lint/rule.ts';
import type { Client } from './client.ts';
import { isReached, parentOf, type Files } from './files.ts';
import type { Folders } from './folders.ts';
import { LimitedMap } from './limited-map.ts';

export interface Checking {
  readonly enabled: boolean;
  /** How the formatter writes keywords. */
  readonly keywordCase: TypeOf<(typeof settings)['format.keywordCase']['schema']>;
  /** What else the formatter changes. */
  readonly layout: Layout;
  readonly config: LintConfig;
  readonly hints: Hints;
  /** Whether stages have code lenses. */
  readonly lenses: boolean;
  /** Which ShellCheck to use: `off`, `auto` or a path. */
  readonly shellcheck: string;
}

/** Caches what it has read. */
export interface Configuration {
  of(uri: string): Promise<Checking>;
  /** Discards everything that was read; `settings` are given if the client sends them. */
  forget(settings?: unknown): void;
}

export interface Sources {
  readonly connection: Connection;
  readonly client: Client;
  readonly files: Files;
  readonly folders: Pick<Folders, 'of'>;
  readonly rules: readonly Registered[];
  readonly warn: (message: string) => void;
  /** Whether programs may be run for the workspace. */
  readonly trusted: () => boolean;
}

/** The project files of a directory by their names; undefined for those that do not exist. */
type ProjectTexts = readonly (string | undefined)[];

/** The number of directories whose configuration is remembered. */
const mostDirectories = 1000;

/** Caches settings by workspace folder, and project files by the directory of the document. */
export function configuration({
  connection,
  client,
  files,
  folders,
  rules,
  warn,
  trusted,
}: Sources): Configuration {
  let sent: unknown = {};
  const known = new LimitedMap<string, Promise<Checking>>(mostDirectories);
  const projects = projectConfigs({ files, rules, warn });
  let chosen = new Map<string, Promise<Checking>>();
  const shared = sharing();
  /** Used if the client does not answer. */
  const defaults = checkingOf(undefined, { rules, warn, trusted: false });
  /** Each workspace folder may have its own settings; documents outside all of them share one. */
  const settingsFor = (uri: string): Promise<Checking> => {
    const folder = folders.of(uri) ?? '';
    const found = chosen.get(folder) ?? ask(uri);
    chosen.set(folder, found);
    return found;
  };
  const ask = async (uri: string): Promise<Checking> => {
    const raw: unknown = client.configures
      ? await connection.workspace.getConfiguration({ scopeUri: uri, section: 'drydock' })
      : sent;
    return checkingOf(raw, { rules, warn, trusted: trusted() });
  };
  const read = async (uri: string): Promise<Checking> => {
    const project = projects.of(uri);
    const own = await settingsFor(uri);
    const above = await project;
    return { ...own, config: shared(above ? merge(own.config, above) : own.config) };
  };
  return {
    of: (uri) => {
      const folder = uri.slice(0, uri.lastIndexOf('/') + 1) || uri;
      const found = known.get(folder) ?? read(uri).catch(() => defaults);
      known.set(folder, found);
      return found;
    },
    forget: (settings) => {
      known.clear();
      projects.forget();
      chosen = new Map();
      if (settings !== undefined) sent = settings;
    },
  };
}

interface ProjectConfigs {
  /** Undefined if there is no project file. */
  of(uri: string): Promise<LintConfig | undefined>;
  forget(): void;
}

/** The configurations in project files, which are read once for each directory. */
function projectConfigs({
  files,
  rules,
  warn,
}: Pick<Sources, 'files' | 'rules' | 'warn'>): ProjectConfigs {
  const texts = new LimitedMap<string, Promise<ProjectTexts>>(mostDirectories);
  const textsIn = (folder: string): Promise<ProjectTexts> => {
    const before = texts.get(folder);
    if (before !== undefined) return before;
    const parent = parentOf(folder);
    // Those of the parent directories are read at the same time: a client may take long for each file.
    if (parent !== undefined) textsIn(parent).catch(() => undefined);
    const read = Promise.all(projectFileNames.map((name) => files.read(`${folder}/${name}`)));
    texts.set(folder, read);
    return read;
  };
  /** The configuration in the nearest directory with a project file; of several files there, the first one by name. */
  const configFor = async (uri: string): Promise<LintConfig | undefined> => {
    if (!isReached(files, uri)) return undefined;
    for (let folder = parentOf(uri); folder !== undefined; folder = parentOf(folder)) {
      const found = await textsIn(folder);
      for (const [i, name] of projectFileNames.entries()) {
        const text = found[i];
        if (text === undefined) continue;
        const place = `${folder}/${name}`;
        const { config, problems } = await readProjectFile(place, text, rules);
        for (const problem of problems) warn(`${place}: ${problem}`);
        return config;
      }
    }
    return undefined;
  };
  return { of: configFor, forget: () => texts.clear() };
}

/** The configuration in the editor's settings. Invalid values are reported and replaced by the default. */
function checkingOf(
  raw: unknown,
  { rules, warn, trusted }: Pick<Sources, 'rules' | 'warn'> & { readonly trusted: boolean },
): Checking {
  const { config, problems } = readRules(settingAt(raw, 'lint', 'rules') ?? {}, rules);
  for (const problem of problems) warn(`drydock.lint.rules: ${problem}`);
  const { schema } = settings['lint.enabled'];
  const casing = settings['format.keywordCase'].schema;
  const found = settings['shellcheck.path'].schema;
  const program = found.read(settingAt(raw, 'shellcheck', 'path')) ?? found.fallback;
  return {
    enabled: schema.read(settingAt(raw, 'lint', 'enabled')) ?? schema.fallback,
    keywordCase: casing.read(settingAt(raw, 'format', 'keywordCase')) ?? casing.fallback,
    layout: layoutOf(raw),
    config,
    hints: hintsOf(raw),
    lenses: lensesOf(raw),
    shellcheck: trusted ? program : 'off',
  };
}

/** The number of configurations to remember. A project has one or two, and one more each time one is changed. */
const mostConfigs = 20;

/**
 * Returns the same object for equal configurations. The linter caches results per configuration object, and hundreds of
 * directories without a project file must not compute them hundreds of times.
 */
function sharing(): (config: LintConfig) => LintConfig {
  const known = new Map<string, LintConfig>();
  return (config) => {
    const key = JSON.stringify(config);
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= mostConfigs) known.clear();
    known.set(key, config);
    return config;
  };
}

function lensesOf(raw: unknown): boolean {
  const { schema } = settings['lenses.stages'];
  return schema.read(settingAt(raw, 'lenses', 'stages')) ?? schema.fallback;
}

/** The formatting options that are settings of ours. */
const layoutKeys = [
  'emptyLineBeforeStages',
  'mountsOnOwnLines',
  'singleSpaces',
  'heredocScripts',
  'equalsSigns',
] as const;

export type Layout = Pick<FormatOptions, (typeof layoutKeys)[number]>;

function layoutOf(raw: unknown): Layout {
  const chosen = layoutKeys.map((key) => {
    const { schema } = settings[`format.${key}`];
    return [key, schema.read(settingAt(raw, 'format', key)) ?? schema.fallback];
  });
  return Object.fromEntries(chosen) as Layout;
}

function hintsOf(raw: unknown): Hints {
  const isEnabled = (key: HintKind): boolean => {
    const { schema } = settings[`hints.${key}`];
    return schema.read(settingAt(raw, 'hints', key)) ?? schema.fallback;
  };
  const { schema: repeats } = settings['hints.repeats'];
  return {
    fromArguments: isEnabled('fromArguments'),
    baseImages: isEnabled('baseImages'),
    stageNames: isEnabled('stageNames'),
    workdir: isEnabled('workdir'),
    repeats: repeats.read(settingAt(raw, 'hints', 'repeats')) ?? repeats.fallback,
  };
}

function settingAt(raw: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<string, unknown>>)[key]
        : undefined,
    raw,
  );
}
