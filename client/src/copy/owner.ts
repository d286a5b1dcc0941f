/** Who owns the files that are copied into a container. */
import type { Engine } from '../engine/engine.ts';
import { unpackTar } from '../engine/tar.ts';
import { copyError } from './copy-task.ts';
import { t } from '@vscode/l10n';

/** Numbers, as they are in the container. */
export interface Owner {
  readonly user: number;
  readonly group: number;
}

export const root: Owner = { user: 0, group: 0 };

/** Bytes of `/etc/passwd` or `/etc/group` that are read. */
const longestList = 1 << 20;

/**
 * The user that the container runs as, which the image or `docker run --user` sets; names are looked up in the container.
 * Rejects with EngineError if it does not have the name.
 */
export async function containerOwner(engine: Engine, container: string): Promise<Owner> {
  const { User: configured = '' } = (await engine.inspect('container', container)).config;
  const [user = '', group] = configured.split(':');
  if (user === '' && group === undefined) return root;
  const users = await recordsOf(engine, container, '/etc/passwd');
  const own = users.find(([name, , id]) => name === user || id === user);
  const uid = numberOf(user) ?? numberOf(own?.[2]);
  if (uid === undefined) throw copyError(t('The container has no user {0}', user));
  if (group === undefined || group === '') return { user: uid, group: numberOf(own?.[3]) ?? 0 };
  const gid = numberOf(group) ?? (await groupId(engine, container, group));
  if (gid === undefined) throw copyError(t('The container has no group {0}', group));
  return { user: uid, group: gid };
}

async function groupId(engine: Engine, container: string, group: string) {
  const groups = await recordsOf(engine, container, '/etc/group');
  return numberOf(groups.find(([name]) => name === group)?.[2]);
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

/** The fields of the lines of a file; empty if it does not exist. */
async function recordsOf(
  engine: Engine,
  container: string,
  path: string,
): Promise<readonly (readonly string[])[]> {
  const bytes = await firstFile(engine.readArchive(container, path)).catch(() => Buffer.alloc(0));
  const lines = bytes.toString().split('\n');
  return lines.map((line) => line.split(':'));
}

/** The content of the first file of an archive; empty if it is too long. */
async function firstFile(archive: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const { content, size } of unpackTar(archive)) {
    if (size > longestList) break;
    for await (const part of content?.() ?? []) parts.push(part);
  }
  return Buffer.concat(parts);
}
