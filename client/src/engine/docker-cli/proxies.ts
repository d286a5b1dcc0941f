/** The proxies of the docker configuration, which builds get as build arguments (cli/config/configfile, `ParseProxyConfig`). */
import { readConfig, currentEnvironment, type Environment } from './config-file.ts';
import { objectAt, textAt, valueAt } from './json.ts';

/** Predefined build arguments, by the properties of the configuration. */
const names = {
  httpProxy: 'HTTP_PROXY',
  httpsProxy: 'HTTPS_PROXY',
  noProxy: 'NO_PROXY',
  ftpProxy: 'FTP_PROXY',
  allProxy: 'ALL_PROXY',
} as const;

type Arguments = Readonly<Record<string, string>>;

/**
 * The build arguments with those of the proxies for an engine, which is known by its address, or for all engines. Given ones
 * are kept. A configuration that cannot be read has no proxies.
 */
export async function withProxies(
  given: Arguments | undefined,
  address: string,
  environment: Environment = currentEnvironment(),
): Promise<Arguments | undefined> {
  const config = (await readConfig(environment).catch(() => undefined)) ?? {};
  const proxies = objectAt(config, 'proxies');
  const used = objectAt(proxies, valueAt(proxies, address) === undefined ? 'default' : address);
  const known = new Set(Object.keys(given ?? {}).map((name) => name.toUpperCase()));
  const added = Object.entries(names).flatMap(([property, name]) => {
    const value = textAt(used, property) ?? '';
    return value === '' || known.has(name) ? [] : [[name, value] as const];
  });
  return added.length === 0 ? given : { ...given, ...Object.fromEntries(added) };
}
