/** Names that a directory is likely to have, for listings that a limit has cut. */
import type { Engine } from '../engine.ts';
import { isEngineError } from '../errors.ts';
import { isWithin } from './names.ts';

/** The Filesystem Hierarchy Standard 3.0, chapters 3 to 5, and what images of databases and web servers add. */
const standard: Readonly<Record<string, string>> = {
  '/': 'app bin boot code config data dev etc home lib lib32 lib64 media mnt opt proc root run sbin srv src sys tmp usr var work workspace',
  '/usr': 'bin games include lib lib32 lib64 libexec local sbin share src',
  '/usr/local': 'bin etc games include lib lib64 man sbin share src',
  '/var': 'backups cache lib local lock log mail opt run spool tmp www',
};

/** More names than this are not looked up. */
const mostNames = 100;

/** Milliseconds. */
const longestWait = 2000;

/**
 * The names directly below the directory that the standard, the configuration of the container and its changes mention. Not all
 * of them exist.
 */
export async function knownNames(
  engine: Engine,
  container: string,
  directory: string,
): Promise<ReadonlySet<string>> {
  const names = new Set((standard[directory] ?? '').split(' ').filter((name) => name !== ''));
  const paths = await Promise.all([configuredPaths(engine, container), changedPaths(engine, container)]); // prettier-ignore
  const start = directory === '/' ? '/' : `${directory}/`;
  for (const path of paths.flat()) {
    if (!isWithin(path, directory) || !path.startsWith(start)) continue;
    const [name = ''] = path.slice(start.length).split('/');
    if (name !== '' && name !== '.' && name !== '..') names.add(name);
    if (names.size >= mostNames) break;
  }
  return names;
}

async function configuredPaths(engine: Engine, container: string): Promise<readonly string[]> {
  try {
    const { config, mounts } = await engine.inspect('container', container);
    const variables = (config.Env ?? []).flatMap((line) => line.slice(line.indexOf('=') + 1).split(':')); // prettier-ignore
    return [
      ...mounts.map(({ destination }) => destination),
      ...[config.WorkingDir ?? '', ...Object.keys(config.Volumes ?? {})],
      ...[config.Entrypoint ?? [], config.Cmd ?? []].flat(),
      ...variables,
    ].filter((path) => path.startsWith('/'));
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return [];
  }
}

/** The engine reads all changed files for it, so that it is not waited for long. */
async function changedPaths(engine: Engine, container: string): Promise<readonly string[]> {
  const changes = engine.changes(container).then(
    (found) => found.map(({ path }) => path),
    (): readonly string[] => [],
  );
  const timeout = new Promise<readonly string[]>((resolve) => {
    setTimeout(() => resolve([]), longestWait).unref();
  });
  return Promise.race([changes, timeout]);
}
