/** npm test: everything, or the parts that are named. Needs nothing installed but Node and npm. */
import { prepareNodeModules } from './setup/node-modules.mjs';

await prepareNodeModules();
const { test } = await import('./parts/test.mts');
process.exitCode = await test(process.argv.slice(2));
