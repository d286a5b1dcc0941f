/** The configuration of a file: from `--config`, or the nearest project file; `--rule` overrides both. */
import path from 'node:path';
import { merge } from '../project/config.ts';
import { longestProjectFile, projectFileNames, readProjectFile } from '../project/project-file.ts';
import type { LintConfig, Registered } from '../lint/rule.ts';
import { t } from '../text/translation.ts';
import type { LintArguments } from './arguments.ts';
import type { Io } from './io.ts';

/** Its message contains one line per problem. */
export class WrongConfiguration extends Error {
  override name = 'WrongConfiguration';
}

/** Returns the configuration of a file; the same object for all files that share a project file. */
export function configurations(
  io: Io,
  rules: readonly Registered[],
  { config: configPath, rules: overrides }: Pick<LintArguments, 'config' | 'rules'>,
): (file: string) => Promise<LintConfig> {
  const nearest = new Map<string, Promise<LintConfig>>();
  const load = async (file: string): Promise<LintConfig> => {
    const text = await io.read(file, longestProjectFile).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new WrongConfiguration(t('Could not read {0}: {1}', file, reason));
    });
    const decoded = new TextDecoder().decode(text);
    const { config, problems } = await readProjectFile(file, decoded, rules);
    if (problems.length > 0) {
      throw new WrongConfiguration(problems.map((problem) => `${file}: ${problem}`).join('\n'));
    }
    return merge(config, overrides);
  };
  const find = async (folder: string): Promise<LintConfig> => {
    for (const name of projectFileNames) {
      const file = path.join(folder, name);
      if ((await io.kind(file)) === 'file') return load(file);
    }
    const parent = path.dirname(folder);
    return parent === folder ? overrides : cached(parent, () => find(parent));
  };
  const cached = (key: string, make: () => Promise<LintConfig>): Promise<LintConfig> => {
    const known = nearest.get(key) ?? make();
    nearest.set(key, known);
    return known;
  };
  if (configPath !== undefined) {
    const file = path.resolve(io.cwd, configPath);
    return () => cached(file, () => load(file));
  }
  return (file) => {
    const folder = path.dirname(path.resolve(io.cwd, file));
    return cached(folder, () => find(folder));
  };
}
