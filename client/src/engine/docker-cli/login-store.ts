/** Stores and removes registry credentials where the docker CLI reads them. */
import { t } from '@vscode/l10n';
import {
  updateConfig,
  readConfig,
  currentEnvironment,
  type Json,
  type Environment,
} from './config-file.ts';
import { helperFor, registryKey, runHelper } from './credentials.ts';
import type { Credentials } from '../credentials.ts';
import { EngineError } from '../errors.ts';

/** Stores credentials in the credential helper if one is configured, else unencrypted in `config.json`. Resolves to which one. */
export async function saveLogin(
  credentials: Credentials,
  environment: Environment = currentEnvironment(),
): Promise<'helper' | 'file'> {
  const key = registryKey(credentials.serveraddress);
  const { username = '', password = '', identitytoken } = credentials;
  const helper = helperFor((await readConfig(environment)) ?? {}, key);
  if (helper !== undefined) {
    const entry =
      identitytoken === undefined
        ? { ServerURL: key, Username: username, Secret: password }
        : { ServerURL: key, Username: '<token>', Secret: identitytoken };
    const answer = await runHelper(
      helper,
      { verb: 'store', input: JSON.stringify(entry) },
      environment,
    );
    if (!answer.done) throw helperError(helper, answer.text);
    // The docker CLI marks a login with an empty entry.
    await updateAuth(environment, key, {});
    return 'helper';
  }
  const secret = identitytoken === undefined ? `${username}:${password}` : `${username}:`;
  await updateAuth(environment, key, {
    auth: Buffer.from(secret).toString('base64'),
    ...(identitytoken !== undefined && { identitytoken }),
  });
  return 'file';
}

/** Removes credentials from the credential helper and from `config.json`. */
export async function removeLogin(
  host: string,
  environment: Environment = currentEnvironment(),
): Promise<void> {
  const key = registryKey(host);
  const config = (await readConfig(environment)) ?? {};
  const helper = helperFor(config, key);
  if (helper !== undefined) {
    const answer = await runHelper(helper, { verb: 'erase', input: key }, environment);
    if (!answer.done && !/not found/i.test(answer.text)) throw helperError(helper, answer.text);
  }
  await updateAuth(environment, key, undefined);
}

/** Hosts of the registries with stored credentials or a credential helper. */
export async function listLogins(
  environment: Environment = currentEnvironment(),
): Promise<readonly string[]> {
  const config = (await readConfig(environment)) ?? {};
  const { auths = {}, credHelpers = {} } = config as {
    readonly auths?: object;
    readonly credHelpers?: object;
  };
  const keys = [...Object.keys(auths), ...Object.keys(credHelpers)];
  return [...new Set(keys.map((key) => displayHost(key)))].sort();
}

function displayHost(key: string): string {
  const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return host === 'index.docker.io' ? 'docker.io' : host;
}

/** Does not include the output of the helper, which may contain the secret. */
function helperError(helper: string, text: string): EngineError {
  const missing = text.includes('ENOENT');
  return new EngineError(
    'failed',
    missing
      ? t('The credential helper docker-credential-{0} from config.json is not installed', helper)
      : t('The credential helper docker-credential-{0} failed', helper),
  );
}

async function updateAuth(
  environment: Environment,
  key: string,
  entry: object | undefined,
): Promise<void> {
  const config = (await readConfig(environment)) ?? {};
  const auths = (config.auths ?? {}) as Json;
  const names = Object.keys(auths).filter((name) => registryKey(displayHost(name)) === key);
  if (entry === undefined && names.length === 0) return;
  await updateConfig(environment, (now) => {
    const rest = Object.entries((now.auths ?? {}) as Json).filter(
      ([name]) => !names.includes(name),
    );
    return { ...now, auths: Object.fromEntries(entry ? [...rest, [key, entry]] : rest) };
  });
}
