/** The program `dist/extension.js`, which VS Code loads: starts the extension with a V8 code cache. */
import { runWithCodeCache } from '../../server/src/start/code-cache.ts';

interface Extension {
  readonly activate: (context: object) => Promise<void>;
}

// Loaded by name, so that the bundler does not include it in this bundle. It is run once.
const load = (): Extension => runWithCodeCache('client.js', 'after startup') as Extension;

/** Milliseconds until the request is sent, which is compressed by another thread first. */
const requestTime = 3;

// Between loading this file and activation, VS Code requests the state that the extension stored.
setTimeout(() => {
  try {
    load();
  } catch {
    // The activation fails with the same error.
  }
}, requestTime);

/** Called by VS Code. */
export function activate(context: object): Promise<void> {
  return load().activate(context);
}
