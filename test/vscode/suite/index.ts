/** The extension suite: what VS Code's own API sees of Drydock. */

import './activation.ts';
import './language.ts';
import { runAll } from './runner.ts';

/** VS Code calls this in the extension host. */
export const run = (): Promise<void> => runAll();
