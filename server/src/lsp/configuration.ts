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
import { RememberedValues, whenAllKnown, whenKnown, type MaybePromise } from './maybe-promise.ts';

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
  of(uri: string): MaybePromise<Checking>;
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
  const known = new RememberedValues<Checking>(mostDirectories);
  const projects = projectConfigs({ files, rules, warn });
  const chosen = new RememberedValues<Checking>(mostDirectories);
  const shared = sharing();
  /** Used if the client does not answer. */
  const defaults = checkingOf(undefined, { rules, warn, trusted: false });
  const asChecking = (raw: unknown): Checking => {
    const own = checkingOf(raw, { rules, warn, trusted: trusted() });
    return { ...own, config: shared(own.config) };
  };
  /** Each workspace folder may have its own settings; documents outside all of them share one. */
  const settingsFor = (uri: string): MaybePromise<Checking> =>
    chosen.of(folders.of(uri) ?? '', () =>
      client.configures
        ? connection.workspace
            .getConfiguration({ scopeUri: uri, section: 'drydock' })
            .then(asChecking)
        : asChecking(sent),
    );
  const combined = (own: Checking, above: LintConfig | undefined): Checking =>
    above === undefined ? own : { ...own, config: shared(merge(own.config, above)) };
  const read = (uri: string): MaybePromise<Checking> => {
    // Both are read at the same time.
    const above = isReached(files, uri) ? projects.above(uri) : undefined;
    const own = settingsFor(uri);
    if (above === undefined) return own instanceof Promise ? own.catch(() => defaults) : own;
    if (!(own instanceof Promise || above instanceof Promise)) return combined(own, above);
    return Promise.all([own, above]).then(
      ([first, second]) => combined(first, second),
      () => defaults,
    );
  };
  return {
    of: (uri) => known.of(uri.slice(0, uri.lastIndexOf('/') + 1) || uri, () => read(uri)),
    forget: (settings) => {
      known.forget();
      projects.forget();
      chosen.forget();
      if (settings !== undefined) sent = settings;
    },
  };
}

interface ProjectConfigs {
  /** The configuration in the nearest directory above a file or directory; undefined if there is no project file. */
  above(uri: string): MaybePromise<LintConfig | undefined>;
  forget(): void;
}

/** The configurations in project files, which are read once for each directory. */
function projectConfigs({
  files,
  rules,
  warn,
}: Pick<Sources, 'files' | 'rules' | 'warn'>): ProjectConfigs {
  const texts = new RememberedValues<ProjectTexts>(mostDirectories);
  const configs = new RememberedValues<LintConfig | undefined>(mostDirectories);
  const readTexts = (folder: string): MaybePromise<ProjectTexts> => {
    const parent = parentOf(folder);
    // Those of the parent directories are read at the same time: a client may take long for each file.
    if (parent !== undefined) void texts.of(parent, readTexts);
    return whenAllKnown(projectFileNames.map((name) => files.read(`${folder}/${name}`)));
  };
  const above = (uri: string): MaybePromise<LintConfig | undefined> => {
    const folder = parentOf(uri);
    return folder === undefined ? undefined : configs.of(folder, configIn);
  };
  const configIn = (folder: string): MaybePromise<LintConfig | undefined> =>
    files.lacks?.(folder, projectFileNames) === true
      ? above(folder)
      : whenKnown(texts.of(folder, readTexts), (found) => configOf(folder, found) ?? above(folder));
  /** Of several files in one directory, the first one by name. */
  const configOf = (folder: string, found: ProjectTexts): Promise<LintConfig> | undefined => {
    const at = found.findIndex((one) => one !== undefined);
    const text = found[at];
    if (text === undefined) return undefined;
    const place = `${folder}/${projectFileNames[at] ?? ''}`;
    return readProjectFile(place, text, rules).then(({ config, problems }) => {
      for (const problem of problems) warn(`${place}: ${problem}`);
      return config;
    });
  };
  return {
    above,
    forget: () => {
      texts.forget();
      configs.forget();
    },
  };
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
