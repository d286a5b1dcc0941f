/** Files that the package contains besides this program. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The directory of this program, `dist/`. */
const folder = path.dirname(process.argv[1] ?? '.');

/**
 * The version of the package. The build writes it to a small file next to the program, since reading the long package.json
 * would delay the start. Empty if the file is missing.
 */
export function packageVersion(): { readonly version?: string } {
  const file = path.join(folder, 'package.json');
  try {
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: unknown };
    return typeof version === 'string' ? { version } : {};
  } catch {
    return {};
  }
}

/** URI of the directory with the pages of the rules, with a slash at its end. Empty if the package has none. */
export function packagePages(): { readonly pages?: string } {
  const pages = path.join(folder, '../docs/rules/');
  return existsSync(pages) ? { pages: pathToFileURL(pages).href } : {};
}
