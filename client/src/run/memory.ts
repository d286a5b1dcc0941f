/** The last command of each image, stored in the workspace without secrets. */
import { isSecret } from '../command-line/secrets.ts';
import { lineOfSpec } from './line.ts';
import { without, type RunSpec } from './spec.ts';
import { all } from './spec.ts';
import { pairOf } from '../command-line/values.ts';

/** The command to store; values of passwords, keys and tokens are empty. */
export function rememberedLine(spec: RunSpec): string {
  const env = all(spec, 'env').map((entry) => {
    const [name, value] = pairOf(entry);
    return value !== undefined && isSecret(name) ? `${name}=` : entry;
  });
  const bare = without(spec, 'env');
  return lineOfSpec(env.length === 0 ? bare : { ...bare, lists: { ...bare.lists, env } });
}

/** The key in the workspace state. */
export function memoryKey(image: string): string {
  return `run:${image}`;
}
