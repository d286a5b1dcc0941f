/** What is kept of a container for the next time: its line, without what must stay secret. */
import { lineOfSpec } from './line.ts';
import { without, type RunSpec } from './spec.ts';
import { all } from './spec.ts';
import { pairOf } from './values.ts';

/** The line to remember; values of passwords, keys and tokens are left empty. */
export function rememberedLine(spec: RunSpec): string {
  const env = all(spec, 'env').map((entry) => {
    const [name, value] = pairOf(entry);
    return value !== undefined && isSecret(name) ? `${name}=` : entry;
  });
  const bare = without(spec, 'env');
  return lineOfSpec(env.length === 0 ? bare : { ...bare, lists: { ...bare.lists, env } });
}

/** Names after which a password stands, and not the path of a file with it. */
function isSecret(name: string): boolean {
  return /(?:PASS(?:WORD|WD|PHRASE)?|SECRET|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?)$/i.test(
    name,
  );
}

/** Where it is kept in the workspace. */
export function memoryKey(image: string): string {
  return `run:${image}`;
}
