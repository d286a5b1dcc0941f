/** Keeps and forgets who we are at a registry, where the docker command line looks for it. */
import { t } from '@vscode/l10n';
import {
  changeConfig,
  readConfig,
  surroundings,
  type Json,
  type Surroundings,
} from './config-file.ts';
import { helperFor, registryKey, runHelper } from './credentials.ts';
import type { Credentials } from '../credentials.ts';
import { EngineError } from '../errors.ts';

/** In the helper of that registry where there is one, else in `config.json`, which is readable; says which. */
export async function saveLogin(
  credentials: Credentials,
  around: Surroundings = surroundings(),
): Promise<'helper' | 'file'> {
  const key = registryKey(credentials.serveraddress);
  const { username = '', password = '', identitytoken } = credentials;
  const helper = helperFor((await readConfig(around)) ?? {}, key);
  if (helper !== undefined) {
    const entry =
      identitytoken === undefined
        ? { ServerURL: key, Username: username, Secret: password }
        : { ServerURL: key, Username: '<token>', Secret: identitytoken };
    const answer = await runHelper(helper, { verb: 'store', input: JSON.stringify(entry) }, around);
    if (!answer.done) throw notKept(helper, answer.text);
    // The command line shows by an empty entry where one is logged in.
    await changeAuth(around, key, {});
    return 'helper';
  }
  const secret = identitytoken === undefined ? `${username}:${password}` : `${username}:`;
  await changeAuth(around, key, {
    auth: Buffer.from(secret).toString('base64'),
    ...(identitytoken !== undefined && { identitytoken }),
  });
  return 'file';
}

/** From the helper and from the file. */
export async function removeLogin(
  host: string,
  around: Surroundings = surroundings(),
): Promise<void> {
  const key = registryKey(host);
  const config = (await readConfig(around)) ?? {};
  const helper = helperFor(config, key);
  if (helper !== undefined) {
    const answer = await runHelper(helper, { verb: 'erase', input: key }, around);
    if (!answer.done && !/not found/i.test(answer.text)) throw notKept(helper, answer.text);
  }
  await changeAuth(around, key, undefined);
}

/** Registries that the file or a helper knows, by the names that people use. */
export async function logins(around: Surroundings = surroundings()): Promise<readonly string[]> {
  const config = (await readConfig(around)) ?? {};
  const { auths = {}, credHelpers = {} } = config as {
    readonly auths?: object;
    readonly credHelpers?: object;
  };
  const keys = [...Object.keys(auths), ...Object.keys(credHelpers)];
  return [...new Set(keys.map((key) => shownAs(key)))].sort();
}

function shownAs(key: string): string {
  const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return host === 'index.docker.io' ? 'docker.io' : host;
}

/** Whatever the helper said: it may have repeated the secret. */
function notKept(helper: string, text: string): EngineError {
  const missing = text.includes('ENOENT');
  return new EngineError(
    'failed',
    missing
      ? t('The program docker-credential-{0} that config.json names is not installed', helper)
      : t('docker-credential-{0} did not take it', helper),
  );
}

async function changeAuth(
  around: Surroundings,
  key: string,
  entry: object | undefined,
): Promise<void> {
  const config = (await readConfig(around)) ?? {};
  const auths = (config.auths ?? {}) as Json;
  const names = Object.keys(auths).filter((name) => registryKey(shownAs(name)) === key);
  if (entry === undefined && names.length === 0) return;
  await changeConfig(around, (now) => {
    const rest = Object.entries((now.auths ?? {}) as Json).filter(
      ([name]) => !names.includes(name),
    );
    return { ...now, auths: Object.fromEntries(entry ? [...rest, [key, entry]] : rest) };
  });
}
