/** The Docker contexts of this user, in the files of the docker CLI. */
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import type { Context, ContextStore, NewContext } from '../contexts.ts';
import { currentContext, defaultSockets } from './address-lookup.ts';
import {
  updateConfig,
  configDirectory,
  readJson,
  currentEnvironment,
  type Environment,
} from './config-file.ts';
import { contextPaths, contextsDirectory, endpointOf } from './context-files.ts';
import { EngineError } from '../errors.ts';
import { fileErrorReason } from '../file-errors.ts';
import { readRegularFile } from '../regular-file.ts';
import { writeWholeFile } from '../write-file.ts';
import { parseEndpoint, windowsPipe } from './endpoint-url.ts';
import type { Json } from '../json-object.ts';
import { objectAt, textAt } from './json.ts';

export function contextStore(environment: Environment = currentEnvironment()): ContextStore {
  const { DOCKER_HOST, DOCKER_CONTEXT } = environment.env;
  return {
    list: () => list(environment),
    inspect: (name) => inspect(environment, name),
    create: (context) => create(environment, context),
    remove: (name) => remove(environment, name),
    setDefault: async (name) => {
      await updateConfig(environment, (config) => withCurrent(config, name));
    },
    override: DOCKER_HOST ? 'DOCKER_HOST' : DOCKER_CONTEXT ? 'DOCKER_CONTEXT' : undefined,
    watch: (changed) => watchContexts(environment, changed),
  };
}

/** Why a name is not valid for a new context; undefined if it is valid. */
export function contextNameError(name: string): string | undefined {
  if (name === 'default') return t('default is the name of the built-in context.');
  return /^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/.test(name)
    ? undefined
    : t(
        'A name must have at least two characters: letters, digits, _ . + and -, starting with a letter or digit.',
      );
}

/** Why an engine address is not valid; undefined if it is valid. */
export function hostError(
  host: string,
  environment: Environment = currentEnvironment(),
): string | undefined {
  try {
    if (!/^(unix|npipe|tcp|https?|ssh):\/\//i.test(host)) {
      return t('The address must start with ssh://, tcp://, unix:// or npipe://');
    }
    parseEndpoint(host, undefined, environment);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function list(environment: Environment): Promise<readonly Context[]> {
  const directory = join(contextsDirectory(environment), 'meta');
  const names = await readdir(directory).catch(() => []);
  const [current, ...metas] = await Promise.all([
    currentContext(environment),
    ...names.map((name) => readJson(join(directory, name, 'meta.json')).catch(() => undefined)),
  ]);
  const own = metas.flatMap((meta): readonly Context[] => {
    if (meta === undefined || typeof meta.Name !== 'string') return [];
    return [
      {
        name: meta.Name,
        description: descriptionOf(meta),
        host: endpointOf(meta)?.host ?? '',
        builtin: false,
        current: meta.Name === current,
      },
    ];
  });
  const builtin: Context = {
    name: 'default',
    description: '',
    host: await defaultHost(environment),
    builtin: true,
    current: current === undefined,
  };
  return [builtin, ...own.sort((a, b) => (a.name < b.name ? -1 : 1))];
}

function descriptionOf(meta: Json): string {
  return textAt(objectAt(meta, 'Metadata'), 'Description') ?? '';
}

async function defaultHost(environment: Environment): Promise<string> {
  if (environment.env.DOCKER_HOST) return environment.env.DOCKER_HOST;
  if (environment.platform === 'win32') return `npipe://${windowsPipe}`;
  for (const path of defaultSockets(environment)) {
    if (await exists(path)) return `unix://${path}`;
  }
  return 'unix:///var/run/docker.sock';
}

async function inspect(environment: Environment, name: string): Promise<object> {
  if (name === 'default') {
    const docker = { Host: await defaultHost(environment), SkipTLSVerify: false };
    return { Name: name, Metadata: {}, Endpoints: { docker } };
  }
  const { directory, meta, tls } = contextPaths(environment, name);
  const read = await readJson(meta);
  if (read === undefined) throw missingContext(name);
  const files = (await readdir(tls).catch(() => [])).sort();
  return {
    ...read,
    TLSMaterial: files.length === 0 ? {} : { docker: files },
    Storage: { MetadataPath: directory, TLSPath: join(tls, '..') },
  };
}

function missingContext(name: string): EngineError {
  return new EngineError('missing', t('Docker context `{0}` was not found', name));
}

async function create(environment: Environment, context: NewContext): Promise<void> {
  const { name, description = '', host, skipVerify = false } = context;
  const invalid = contextNameError(name) ?? hostError(host, environment);
  if (invalid !== undefined) throw new EngineError('failed', invalid);
  const { directory, meta, tls } = contextPaths(environment, name);
  if (await exists(meta)) {
    throw new EngineError('conflict', t('A context named {0} already exists', name));
  }
  const metadata = description === '' ? {} : { Description: description };
  const docker = { Host: host, SkipTLSVerify: skipVerify };
  const text = goJson({ Name: name, Metadata: metadata, Endpoints: { docker } });
  try {
    // Certificates first: a context whose certificates are missing would be used without TLS client authentication.
    await copyCertificates(tls, context);
    await mkdir(directory, { recursive: true });
    await writeWholeFile(meta, text);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    await rm(join(tls, '..'), { recursive: true, force: true });
    throw new EngineError('failed', fileErrorReason(error), error);
  }
}

async function copyCertificates(directory: string, { ca, cert, key }: NewContext): Promise<void> {
  for (const [name, file] of Object.entries({ ca, cert, key })) {
    if (file === undefined) continue;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const pem = await readRegularFile(file);
    if (!pem.includes('-----BEGIN ')) throw new Error(t('`{0}` is not a PEM file', file));
    await writeWholeFile(join(directory, `${name}.pem`), pem, 0o600);
  }
}

/** JSON as Go's encoder writes it: characters that are special in HTML are escaped. */
function goJson(value: object): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

async function remove(environment: Environment, name: string): Promise<void> {
  const { directory, meta, tls } = contextPaths(environment, name);
  if (!(await exists(meta))) throw missingContext(name);
  if ((await currentContext(environment)) === name) {
    await updateConfig(environment, (config) => withCurrent(config, 'default'));
  }
  try {
    await rm(directory, { recursive: true });
    await rm(join(tls, '..'), { recursive: true, force: true });
  } catch (error) {
    throw new EngineError('failed', fileErrorReason(error), error);
  }
}

/** The docker CLI omits the property for `default`. */
function withCurrent(config: Json, name: string): Json {
  return { ...config, currentContext: name === 'default' ? undefined : name };
}

/** Watches the context directories. Missing ones are watched as soon as the first context creates them. */
function watchContexts(environment: Environment, changed: () => void): () => void {
  const contexts = contextsDirectory(environment);
  const watchers = new Map<string, FSWatcher>();
  const watchDirectories = (): void => {
    for (const directory of [configDirectory(environment), contexts, join(contexts, 'meta')]) {
      if (watchers.has(directory)) continue;
      try {
        const watcher = watch(directory, { persistent: false }, (_, file) => onChange(file));
        watcher.on('error', () => {
          watcher.close();
          watchers.delete(directory);
        });
        watchers.set(directory, watcher);
      } catch {
        // The directory does not exist yet.
      }
    }
  };
  const onChange = (file: string | null): void => {
    // Other files in the directory change with every login and every build.
    if (file !== null && !/^(config\.json|contexts|meta|[0-9a-f]{64})$/.test(file)) return;
    watchDirectories();
    changed();
  };
  watchDirectories();
  return () => {
    for (const watcher of watchers.values()) watcher.close();
  };
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
