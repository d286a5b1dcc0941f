/**
 * The configuration file of a project: ours, or hadolint's. YAML is read by the `yaml` package, which is well kept, has
 * no dependencies and reports what is wrong by place; it is loaded when such a file is met, and not before.
 */
import { t } from '../text/translated.ts';
import { configFileName, readConfig, type ReadConfig } from './config.ts';
import { fromHadolint } from './hadolint.ts';
import type { Registered } from './rule.ts';

/** Of several in one folder the first holds; of several folders the nearest. */
export const projectFileNames = [configFileName, '.hadolint.yaml', '.hadolint.yml'] as const;

/** The configuration in the text of a file of this name. */
export async function readProjectFile(
  name: string,
  text: string,
  rules: readonly Registered[],
): Promise<ReadConfig> {
  if (!/\.ya?ml$/i.test(name)) return readConfig(text, rules);
  const { parseDocument } = await import('./yaml.ts');
  const document = parseDocument(text, { logLevel: 'error' });
  const [error] = document.errors;
  if (error !== undefined) return unreadable(error.message);
  try {
    return fromHadolint(document.toJS() as unknown, rules);
  } catch (failure) {
    // An alias that names nothing, or one that grows without end.
    return unreadable(failure instanceof Error ? failure.message : String(failure));
  }
}

function unreadable(reason: string): ReadConfig {
  const [line = ''] = reason.split('\n');
  return { config: { rules: {} }, problems: [t('This is no YAML: {0}', line.replace(/:$/, ''))] };
}
