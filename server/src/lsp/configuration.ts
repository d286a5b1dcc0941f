/** What is checked in a document: the editor's settings for it, and above them the nearest project file. */
import type { Connection } from 'vscode-languageserver/node';
import { settings } from '../../../contract/settings.ts';
import { configFileName, merge, readConfig, readRules } from '../lint/config.ts';
import type { LintConfig, Registered } from '../lint/rule.ts';
import type { Client } from './client.ts';
import { upwards, type Files } from './files.ts';

export interface Checking {
  readonly enabled: boolean;
  readonly config: LintConfig;
}

/** Remembers what it has read, so that asking again costs neither a request nor a file. */
export interface Configuration {
  of(uri: string): Promise<Checking>;
  /** Everything is read anew; settings are given where the client sends them itself. */
  forget(settings?: unknown): void;
}

export interface Sources {
  readonly connection: Connection;
  readonly client: () => Client;
  readonly files: Files;
  readonly rules: readonly Registered[];
  readonly warn: (message: string) => void;
}

/** Settings and project files, kept by folder. */
export function configuration({ connection, client, files, rules, warn }: Sources): Configuration {
  let sent: unknown = {};
  let known = new Map<string, Promise<Checking>>();
  const projectConfig = async (uri: string): Promise<LintConfig | undefined> => {
    for (const place of upwards(uri, configFileName)) {
      const text = await files.read(place);
      if (text === undefined) continue;
      const { config, problems } = readConfig(text, rules);
      for (const problem of problems) warn(`${place}: ${problem}`);
      return config;
    }
    return undefined;
  };
  const read = async (uri: string): Promise<Checking> => {
    const raw: unknown = client().configures
      ? await connection.workspace.getConfiguration({ scopeUri: uri, section: 'drydock' })
      : sent;
    const chosen = readRules(settingAt(raw, 'lint', 'rules') ?? {}, rules);
    for (const problem of chosen.problems) warn(`drydock.lint.rules: ${problem}`);
    const { schema } = settings['lint.enabled'];
    const enabled = schema.read(settingAt(raw, 'lint', 'enabled')) ?? schema.fallback;
    const project = await projectConfig(uri);
    return { enabled, config: project ? merge(chosen.config, project) : chosen.config };
  };
  return {
    of: (uri) => {
      const folder = uri.slice(0, uri.lastIndexOf('/') + 1) || uri;
      const found = known.get(folder) ?? read(uri).catch(() => usual);
      known.set(folder, found);
      return found;
    },
    forget: (settings) => {
      known = new Map();
      if (settings !== undefined) sent = settings;
    },
  };
}

/** What holds where a client does not answer. */
const usual: Checking = { enabled: true, config: { rules: {} } };

function settingAt(raw: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<string, unknown>>)[key]
        : undefined,
    raw,
  );
}
