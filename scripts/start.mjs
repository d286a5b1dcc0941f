/** npm start [-- --port N]: opens samples/ in VS Code in the browser, with Drydock installed. */
import { prepareNodeModules } from './setup/node-modules.mjs';

await prepareNodeModules();
const { start } = await import('./start/start.mts');
process.exitCode = await start(process.argv.slice(2));
