/** Stores and removes registry credentials where the docker CLI reads them. */
import { t } from '@vscode/l10n';
import { updateConfig, readConfig, currentEnvironment, type Environment } from './config-file.ts';
import { runHelper, type HelperAnswer } from './credential-helper.ts';
import { helperFor, registryKey } from './credentials.ts';
import { objectAt } from './json.ts';
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
    if (!answer.done) throw helperError(helper, answer);
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
    if (!answer.done && !/not found/i.test(answer.text)) throw helperError(helper, answer);
  }
  await updateAuth(environment, key, undefined);
}

/** Hosts of the registries with stored credentials or a credential helper. */
export async function listLogins(
  environment: Environment = currentEnvironment(),
): Promise<readonly string[]> {
  const config = (await readConfig(environment)) ?? {};
  const keys = ['auths', 'credHelpers'].flatMap((name) => Object.keys(objectAt(config, name)));
  return [...new Set(keys.map((key) => displayHost(key)))].sort();
}

function displayHost(key: string): string {
  const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return host === 'index.docker.io' ? 'docker.io' : host;
}

/** Does not include the output of the helper, which may contain the secret. */
function helperError(helper: string, { failure }: HelperAnswer): EngineError {
  return new EngineError('failed', helperFailure(helper, failure));
}

function helperFailure(helper: string, failure: HelperAnswer['failure']): string {
  switch (failure) {
    case 'invalid name':
      return t('`{0}` in config.json is not a valid name of a credential helper', helper);
    case 'not installed':
      return t(
        'The credential helper docker-credential-{0} from config.json is not installed',
        helper,
      );
    case 'timeout':
      return t('The credential helper docker-credential-{0} did not answer in time', helper);
    default:
      return t('The credential helper docker-credential-{0} failed', helper);
  }
}

async function updateAuth(
  environment: Environment,
  key: string,
  entry: object | undefined,
): Promise<void> {
  const isSame = (name: string) => registryKey(displayHost(name)) === key;
  const auths = objectAt((await readConfig(environment)) ?? {}, 'auths');
  if (entry === undefined && !Object.keys(auths).some(isSame)) return;
  await updateConfig(environment, (now) => {
    const rest = Object.entries(objectAt(now, 'auths')).filter(([name]) => !isSame(name));
    return { ...now, auths: Object.fromEntries(entry ? [...rest, [key, entry]] : rest) };
  });
}
