/** The version of the package that this program is built of. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** As the build has it beside the program: the package's own file is long, and a start would wait for it. Empty without it. */
export function packageVersion(): { readonly version?: string } {
  const file = path.join(path.dirname(process.argv[1] ?? '.'), 'package.json');
  try {
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: unknown };
    return typeof version === 'string' ? { version } : {};
  } catch {
    return {};
  }
}
