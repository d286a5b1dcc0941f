/** The agents that a build can use, by the names that RUN gives in `--mount=type=ssh,id=…`. */
import { stat } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import type { BuildSsh } from '../../../../../contract/build.ts';
import { EngineError } from '../../errors.ts';
import { fileErrorReason } from '../../file-errors.ts';
import { readRegularFile } from '../../regular-file.ts';
import { connectAgent, type AgentConnection } from './agent.ts';
import { keyAgent, type NamedKey } from './key-agent.ts';
import { PassphraseError, readPrivateKey } from './private-key.ts';

/** Opens a connection to the agent. */
export type AgentSource = () => Promise<AgentConnection>;

/** Rejects with EngineError if there is no agent, or if a key cannot be read. */
export async function agentSources(
  requested: readonly BuildSsh[],
  environmentAgent: string | undefined = process.env.SSH_AUTH_SOCK ?? defaultAgent(),
): Promise<ReadonlyMap<string, AgentSource>> {
  const sources = new Map<string, AgentSource>();
  for (const { id, paths } of requested) {
    const name = id === '' ? 'default' : id;
    sources.set(name, await sourceOf(paths, environmentAgent));
  }
  return sources;
}

/** The agent of OpenSSH for Windows does not set a variable. */
function defaultAgent(): string | undefined {
  return process.platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined;
}

async function sourceOf(
  paths: readonly string[],
  environmentAgent: string | undefined,
): Promise<AgentSource> {
  const [first] = paths;
  if (first === undefined) {
    if (environmentAgent === undefined || environmentAgent === '')
      throw new EngineError('failed', t('No SSH agent is running: SSH_AUTH_SOCK is not set'));
    return agentAt(environmentAgent);
  }
  if (paths.length === 1 && (await isSocket(first))) return agentAt(first);
  const keys: NamedKey[] = [];
  for (const path of paths) keys.push(await keyIn(path));
  return () => Promise.resolve(keyAgent(keys));
}

function agentAt(path: string): AgentSource {
  return () => connectAgent(path);
}

async function isSocket(path: string): Promise<boolean> {
  if (/^\\\\[.?]\\pipe\\/.test(path)) return true;
  const stats = await stat(path).catch((error: unknown) => {
    throw keyError(path, fileErrorReason(error));
  });
  return stats.isSocket();
}

async function keyIn(path: string): Promise<NamedKey> {
  const content = await readRegularFile(path).catch((error: unknown) => {
    throw keyError(path, fileErrorReason(error));
  });
  try {
    return { path, ...readPrivateKey(content) };
  } catch (error) {
    throw error instanceof PassphraseError
      ? new EngineError(
          'failed',
          t('{0} has a passphrase: add it to an SSH agent, and use the agent', path),
        )
      : keyError(path, t('it is not a private key of a supported kind'));
  }
}

function keyError(path: string, reason: string): EngineError {
  return new EngineError('failed', t('Could not read the SSH key {0}: {1}', path, reason));
}
