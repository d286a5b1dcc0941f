/**
 * The builders of docker buildx as plain data, from the files that buildx keeps (github.com/docker/buildx, store). They are
 * only read: what a file says is never run here, and a file that is not valid is reported and skipped.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import { currentContext } from './address-lookup.ts';
import { configDirectory, readJson, type Environment } from './config-file.ts';
import { fileErrorReason } from '../file-errors.ts';
import { isObject, type Json } from '../json-object.ts';
import { objectAt, textAt, valueAt } from './json.ts';

/** One instance of BuildKit. */
export interface BuildxNode {
  readonly name: string;
  /** An address of BuildKit, or a Docker context or the address of an engine: the driver of the builder says which. */
  readonly endpoint: string;
  /** `linux/arm64`; empty if the node does not say. */
  readonly platforms: readonly string[];
  /** The options of the driver: certificates, a namespace. */
  readonly options: Readonly<Record<string, string>>;
}

export interface BuildxBuilder {
  readonly name: string;
  /** `docker-container`, `remote` and `kubernetes` are known; files can have others. */
  readonly driver: string;
  readonly nodes: readonly BuildxNode[];
}

export interface BuildxBuilders {
  /** By name. */
  readonly builders: readonly BuildxBuilder[];
  /** The builder that `docker buildx use` selected; undefined for the one of the engine. */
  readonly current: string | undefined;
  /** One sentence for each file that could not be read. */
  readonly problems: readonly string[];
}

/** Names of builders, which are file names; other files are not builders. */
const builderName = /^[a-z0-9][a-z0-9._-]*$/i;

/** Does not reject: what cannot be read is in `problems`. */
export async function readBuilders(environment: Environment): Promise<BuildxBuilders> {
  const directory = join(buildxDirectory(environment), 'instances');
  const names = await readdir(directory).catch(() => []);
  const read = await Promise.all(
    names
      .filter((name) => builderName.test(name))
      .sort()
      .map((name) => readBuilder(directory, name)),
  );
  return {
    builders: read.flatMap((one) => (typeof one === 'string' ? [] : [one])),
    problems: read.filter((one) => typeof one === 'string'),
    current: await currentBuilder(environment).catch(() => undefined),
  };
}

function buildxDirectory(environment: Environment): string {
  const own = environment.env.BUILDX_CONFIG;
  return own ? own : join(configDirectory(environment), 'buildx');
}

/** A sentence if the file is not a builder. */
async function readBuilder(directory: string, name: string): Promise<BuildxBuilder | string> {
  const file = join(directory, name);
  try {
    const json = await readJson(file);
    const builder = json && builderOf(name, json);
    return builder ?? t('`{0}` is not a builder of docker buildx', file);
  } catch (error) {
    return fileErrorReason(error);
  }
}

/** buildx finds a builder by the name of its file. */
function builderOf(name: string, json: Json): BuildxBuilder | undefined {
  const driver = textAt(json, 'Driver');
  const nodes = valueAt(json, 'Nodes');
  if (driver === undefined || !Array.isArray(nodes)) return undefined;
  const found = (nodes as readonly unknown[]).flatMap((node) => nodeOf(node) ?? []);
  return found.length === 0 ? undefined : { name, driver, nodes: found };
}

function nodeOf(value: unknown): BuildxNode | undefined {
  if (!isObject(value)) return undefined;
  const name = textAt(value, 'Name');
  if (name === undefined) return undefined;
  const platforms = valueAt(value, 'Platforms');
  const options = Object.entries(objectAt(value, 'DriverOpts')).filter(
    (option): option is [string, string] => typeof option[1] === 'string',
  );
  return {
    name,
    endpoint: textAt(value, 'Endpoint') ?? '',
    platforms: Array.isArray(platforms)
      ? (platforms as readonly unknown[]).flatMap((one) => platformOf(one) ?? [])
      : [],
    options: Object.fromEntries(options),
  };
}

function platformOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const parts = ['os', 'architecture', 'variant'].map((key) => textAt(value, key));
  const [os, architecture, variant] = parts;
  if (os === undefined || architecture === undefined) return undefined;
  return [os, architecture, ...(variant === undefined ? [] : [variant])].join('/');
}

/** The selection counts for the context in which it was made, or for all. */
async function currentBuilder(environment: Environment): Promise<string | undefined> {
  const selected = await readJson(join(buildxDirectory(environment), 'current'));
  const name = selected && textAt(selected, 'Name');
  if (selected === undefined || name === undefined) return undefined;
  if (valueAt(selected, 'Global') === true) return name;
  const key = textAt(selected, 'Key');
  return key !== undefined && key === (await currentKey(environment)) ? name : undefined;
}

/** A named context, or the address of the engine of the default one. */
async function currentKey(environment: Environment): Promise<string> {
  const { DOCKER_HOST, DOCKER_CONTEXT } = environment.env;
  if (DOCKER_HOST) return DOCKER_HOST;
  const context = DOCKER_CONTEXT ? DOCKER_CONTEXT : await currentContext(environment);
  return context === undefined || context === 'default' ? 'unix:///var/run/docker.sock' : context;
}
