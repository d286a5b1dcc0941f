/** The Docker contexts of this user, in the files of the docker command line. */
import { copyFile, mkdir, readFile, readdir, rm, stat, writeFile, chmod } from 'node:fs/promises';
import { watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import type { Context, ContextStore, NewContext } from '../contexts.ts';
import { currentContext, usualSockets } from './address-lookup.ts';
import {
  changeConfig,
  configFolder,
  readJson,
  surroundings,
  type Json,
  type Surroundings,
} from './config-file.ts';
import { contextPlaces, contextsFolder, endpointOf } from './context-files.ts';
import { EngineError } from '../errors.ts';
import { placeOf, windowsPipe } from './endpoint-url.ts';

export function contextStore(around: Surroundings = surroundings()): ContextStore {
  const { DOCKER_HOST, DOCKER_CONTEXT } = around.env;
  return {
    list: () => list(around),
    inspect: (name) => inspect(around, name),
    create: (context) => create(around, context),
    remove: (name) => remove(around, name),
    useEverywhere: async (name) => {
      await changeConfig(around, (config) => withCurrent(config, name));
    },
    override: DOCKER_HOST ? 'DOCKER_HOST' : DOCKER_CONTEXT ? 'DOCKER_CONTEXT' : undefined,
    watch: (changed) => watching(around, changed),
  };
}

/** The sentence that says why this cannot name a context; undefined where it can. */
export function contextNameTrouble(name: string): string | undefined {
  if (name === 'default') return t('default is the context that is always there.');
  return /^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/.test(name)
    ? undefined
    : t('A name has two or more letters, digits and _ . + -, a letter or digit first.');
}

/** The sentence that says why this is no address; undefined where it is one. */
export function hostTrouble(
  host: string,
  around: Surroundings = surroundings(),
): string | undefined {
  try {
    if (!/^(unix|npipe|tcp|https?|ssh):\/\//i.test(host)) {
      return t('An address begins with ssh://, tcp:// or unix://');
    }
    placeOf(host, undefined, around);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function list(around: Surroundings): Promise<readonly Context[]> {
  const folder = join(contextsFolder(around), 'meta');
  const names = await readdir(folder).catch(() => []);
  const [current, ...metas] = await Promise.all([
    currentContext(around),
    ...names.map((name) => readJson(join(folder, name, 'meta.json')).catch(() => undefined)),
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
  const standard: Context = {
    name: 'default',
    description: '',
    host: await usualHost(around),
    builtin: true,
    current: current === undefined,
  };
  return [standard, ...own.sort((a, b) => (a.name < b.name ? -1 : 1))];
}

function descriptionOf({ Metadata }: Json): string {
  const { Description } = (Metadata ?? {}) as { readonly Description?: unknown };
  return typeof Description === 'string' ? Description : '';
}

async function usualHost(around: Surroundings): Promise<string> {
  if (around.env.DOCKER_HOST) return around.env.DOCKER_HOST;
  if (around.platform === 'win32') return `npipe://${windowsPipe}`;
  for (const path of usualSockets(around)) {
    if (await isThere(path)) return `unix://${path}`;
  }
  return 'unix:///var/run/docker.sock';
}

async function inspect(around: Surroundings, name: string): Promise<object> {
  if (name === 'default') {
    const docker = { Host: await usualHost(around), SkipTLSVerify: false };
    return { Name: name, Metadata: {}, Endpoints: { docker } };
  }
  const { folder, meta, tls } = contextPlaces(around, name);
  const read = await readJson(meta);
  if (read === undefined) throw missing(name);
  const files = (await readdir(tls).catch(() => [])).sort();
  return {
    ...read,
    TLSMaterial: files.length === 0 ? {} : { docker: files },
    Storage: { MetadataPath: folder, TLSPath: join(tls, '..') },
  };
}

function missing(name: string): EngineError {
  return new EngineError('missing', t('There is no Docker context named `{0}`', name));
}

async function create(around: Surroundings, context: NewContext): Promise<void> {
  const { name, description = '', host, skipVerify = false } = context;
  const wrong = contextNameTrouble(name) ?? hostTrouble(host, around);
  if (wrong !== undefined) throw new EngineError('failed', wrong);
  const { folder, meta, tls } = contextPlaces(around, name);
  if (await isThere(meta)) {
    throw new EngineError('conflict', t('There is a context named {0} already', name));
  }
  const metadata = description === '' ? {} : { Description: description };
  const docker = { Host: host, SkipTLSVerify: skipVerify };
  const text = goJson({ Name: name, Metadata: metadata, Endpoints: { docker } });
  try {
    // Certificates first: a context without them would be used without them.
    await copyCertificates(tls, context);
    await mkdir(folder, { recursive: true });
    await writeFile(meta, text);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    await rm(join(tls, '..'), { recursive: true, force: true });
    const fact = error instanceof Error ? error.message : String(error);
    throw new EngineError('failed', fact, error);
  }
}

async function copyCertificates(folder: string, { ca, cert, key }: NewContext): Promise<void> {
  for (const [name, file] of Object.entries({ ca, cert, key })) {
    if (file === undefined) continue;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const pem = await readFile(file, 'utf8');
    if (!pem.includes('-----BEGIN ')) throw new Error(t('`{0}` is not a PEM file', file));
    await copyFile(file, join(folder, `${name}.pem`));
    await chmod(join(folder, `${name}.pem`), 0o600);
  }
}

/** JSON as Go writes it: what HTML would take up is escaped. */
function goJson(value: object): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

async function remove(around: Surroundings, name: string): Promise<void> {
  const { folder, meta, tls } = contextPlaces(around, name);
  if (!(await isThere(meta))) throw missing(name);
  if ((await currentContext(around)) === name) {
    await changeConfig(around, (config) => withCurrent(config, 'default'));
  }
  try {
    await rm(folder, { recursive: true });
    await rm(join(tls, '..'), { recursive: true, force: true });
  } catch (error) {
    const fact = error instanceof Error ? error.message : String(error);
    throw new EngineError('failed', fact, error);
  }
}

/** The command line leaves the key out for `default`. */
function withCurrent(config: Json, name: string): Json {
  return { ...config, currentContext: name === 'default' ? undefined : name };
}

/** Folders that are not there yet are watched as soon as they come: the first context makes them. */
function watching(around: Surroundings, changed: () => void): () => void {
  const contexts = contextsFolder(around);
  const watchers = new Map<string, FSWatcher>();
  const begin = (): void => {
    for (const folder of [configFolder(around), contexts, join(contexts, 'meta')]) {
      if (watchers.has(folder)) continue;
      try {
        const watcher = watch(folder, { persistent: false }, (_, file) => noticed(file));
        watcher.on('error', () => {
          watcher.close();
          watchers.delete(folder);
        });
        watchers.set(folder, watcher);
      } catch {
        // Not there yet.
      }
    }
  };
  const noticed = (file: string | null): void => {
    // Other files of the folder change with every login and every build.
    if (file !== null && !/^(config\.json|contexts|meta|[0-9a-f]{64})$/.test(file)) return;
    begin();
    changed();
  };
  begin();
  return () => {
    for (const watcher of watchers.values()) watcher.close();
  };
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
