/**
 * BuildKit keeps one copy of a build context for each key, and cuts it down to what the last build needed. Builds that need
 * different files therefore have different keys, and those that need the whole context have the same.
 */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { BuildRequest } from '../../../../contract/build.ts';
import { dockerfileName } from './frontend-attributes.ts';
import type { SessionOptions } from './session/session.ts';
import { needsWholeContext } from './whole-context.ts';

/** One key for each context that is needed as a whole, and otherwise for each Dockerfile and target. */
export function sharedKeyOf(
  request: BuildRequest,
  { directories }: Pick<SessionOptions, 'directories'>,
): string {
  const { context, dockerfile, target = '' } = request;
  const place = context.kind === 'directory' ? context.path : context.address;
  return keyOf(isWhole(request, directories) ? [place] : [place, dockerfile, target]);
}

function isWhole(
  { context, dockerfile, target, buildContexts = {} }: BuildRequest,
  directories: SessionOptions['directories'],
): boolean {
  const own = directories.get(dockerfileName);
  if (context.kind !== 'directory' || own?.kind !== 'files') return false;
  const name = basename(dockerfile);
  // Named contexts replace stages, and an ignore file of its own keeps other files out.
  if (Object.keys(buildContexts).length > 0 || own.files.has(`${name}.dockerignore`)) return false;
  return needsWholeContext(Buffer.from(own.files.get(name) ?? []).toString(), target);
}

function keyOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}
