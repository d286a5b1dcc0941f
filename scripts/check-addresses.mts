/**
 * Refuses addresses in source, manifest, documentation and samples that the project does not know to exist.
 *
 *     tsx scripts/check-addresses.mts
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { badAddresses } from './words/addresses.mts';
import { trackedFiles } from './words/texts.mts';

const root = path.resolve(import.meta.dirname, '..');
/** Other people's text, and lists of addresses. */
const exempt = /^package-lock\.json$|^test\/fixtures\/|^scripts\/words\/|\.(?:png|vsix|gz)$/;
const test = /\.test\.m?ts$|^test\/|\/cases(?:\/|\.json$)/;

const found = trackedFiles(root)
  .filter((file) => !exempt.test(file))
  .flatMap((file) =>
    badAddresses(file, readFileSync(path.join(root, file), 'utf8'), test.test(file)),
  );
for (const { file, line, address } of found) {
  console.log(
    `${file}:${line} ${address}: not among the allowed addresses (scripts/words/addresses.mts)`,
  );
}
if (found.length > 0) process.exitCode = 1;
