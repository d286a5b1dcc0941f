/** The version of the package that this program lies in. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Empty where the program was taken out of its package. */
export function packageVersion(): { readonly version?: string } {
  const file = path.join(path.dirname(process.argv[1] ?? '.'), '..', 'package.json');
  try {
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: unknown };
    return typeof version === 'string' ? { version } : {};
  } catch {
    return {};
  }
}
