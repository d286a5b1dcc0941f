/** The program `dist/extension.js`, which VS Code loads: starts the extension with a V8 code cache. */
import { runWithCodeCache } from '../../server/src/start/code-cache.ts';

interface Extension {
  readonly activate: (context: object) => Promise<void>;
}

// Loaded by name, so that the bundler does not include it in this bundle.
export const { activate } = runWithCodeCache('client.js', 'after startup') as Extension;
