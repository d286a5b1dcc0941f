/** npm test [-- PART…]: runs all tests or some parts of them. Requires only Node.js and npm. */
import { prepareNodeModules } from './setup/node-modules.mjs';

await prepareNodeModules();
const { test } = await import('./parts/test.mts');
process.exitCode = await test(process.argv.slice(2));
