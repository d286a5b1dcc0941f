/** npm start [-- --port N]: VS Code in the browser with Drydock installed, on samples/. */
import { prepareNodeModules } from './setup/node-modules.mjs';

await prepareNodeModules();
const { start } = await import('./start/start.mts');
process.exitCode = await start(process.argv.slice(2));
