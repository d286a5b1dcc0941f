/** What the session of a build serves: the directories, secrets and agents that its request names, and nothing else. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BuildRequest } from '../../../../contract/build.ts';
import { readError } from '../build-context/disk.ts';
import { contextDirectories, contextName, dockerfileName } from './frontend-attributes.ts';
import type { SharedDirectory } from './session/file-sync.ts';
import { readSecrets } from './session/secrets.ts';
import type { SessionOptions } from './session/session.ts';
import { agentSources } from './ssh/sources.ts';

/** Rejects with EngineError if a file cannot be read. */
export async function sessionInputs(
  request: BuildRequest,
): Promise<Pick<SessionOptions, 'directories' | 'secrets' | 'agents'>> {
  const directories = new Map<string, SharedDirectory>();
  const { context, dockerfileText } = request;
  if (context.kind === 'directory')
    directories.set(contextName, { kind: 'directory', path: context.path });
  if (context.kind === 'directory' || dockerfileText !== undefined)
    directories.set(dockerfileName, { kind: 'files', files: await dockerfileFiles(request) });
  for (const [name, path] of contextDirectories(request))
    directories.set(name, { kind: 'directory', path });
  return {
    directories,
    secrets: await readSecrets(request.secrets ?? []),
    agents: await agentSources(request.ssh ?? []),
  };
}

/** The Dockerfile and its ignore file, and not the directory that they are in, which need not be the build context. */
async function dockerfileFiles({
  dockerfile,
  dockerfileText,
}: BuildRequest): Promise<ReadonlyMap<string, Uint8Array>> {
  const name = basename(dockerfile);
  const text =
    dockerfileText ??
    (await readFile(dockerfile).catch((error: unknown) => {
      throw readError(dockerfile, error);
    }));
  const ignoreFile = await readFile(`${dockerfile}.dockerignore`).catch(() => undefined);
  return new Map([
    [name, text],
    ...(ignoreFile ? ([[`${name}.dockerignore`, ignoreFile]] as const) : []),
  ]);
}
