/**
 * The configuration file of a project: ours, or hadolint's. YAML is parsed by the `yaml` package, which is well maintained,
 * has no dependencies and reports positions of errors. It is loaded only when a YAML file is found.
 */
import { t } from '../text/translation.ts';
import { configFileName, readConfig, type ReadConfig } from './config.ts';
import { fromHadolint } from './hadolint.ts';
import type { Registered } from '../lint/rule.ts';

/** Of several files in one directory, the first is used; of several directories, the nearest. */
export const projectFileNames = [configFileName, '.hadolint.yaml', '.hadolint.yml'] as const;

/** Longer files are not read: YAML takes about two seconds per megabyte. In bytes. */
export const longestProjectFile = 256_000;

/** The configuration in the text of a file of this name. */
export async function readProjectFile(
  name: string,
  text: string,
  rules: readonly Registered[],
): Promise<ReadConfig> {
  if (text.length > longestProjectFile) {
    const kilobytes = longestProjectFile / 1000;
    return { config: { rules: {} }, problems: [t('The file is larger than {0} kB', kilobytes)] };
  }
  if (!/\.ya?ml$/i.test(name)) return readConfig(text, rules);
  const { parseDocument } = await import('./yaml.ts');
  const document = parseDocument(text, { logLevel: 'error' });
  const [error] = document.errors;
  if (error !== undefined) return unreadable(error.message);
  try {
    return fromHadolint(document.toJS() as unknown, rules);
  } catch (failure) {
    // An alias without an anchor, or one that expands without limit.
    return unreadable(failure instanceof Error ? failure.message : String(failure));
  }
}

function unreadable(reason: string): ReadConfig {
  const [line = ''] = reason.split('\n');
  return { config: { rules: {} }, problems: [t('Invalid YAML: {0}', line.replace(/:$/, ''))] };
}
