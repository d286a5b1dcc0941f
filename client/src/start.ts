/** The program `dist/extension.js`, which VS Code loads: starts the extension with a V8 code cache. */
import { runWithCodeCache } from '../../server/src/start/code-cache.ts';
import { views } from './manifest.ts';
import { LateView, type LateViews } from './vscode/late-views.ts';

interface Extension {
  readonly prepare: (views: LateViews<never>) => void;
  readonly activate: (context: object, views: LateViews<never>) => Promise<void>;
}

// Loaded by name, so that the bundler does not include it in this bundle. It is run once.
const load = (): Extension => runWithCodeCache('client.js', 'after startup') as Extension;

/** Created at once: which of them are visible is known when the rest is loaded. */
const lateViews: LateViews<never> = new Map(
  views.map(({ id }) => [
    id,
    new LateView(`drydock.${id}`, id === 'containers' || id === 'volumes'),
  ]),
);

/** Milliseconds until the messages to VS Code are sent, which are compressed by another thread first. */
const sendingTime = 3;

// Between loading this file and activation, VS Code requests the state that the extension stored.
setTimeout(() => {
  try {
    load().prepare(lateViews);
  } catch {
    // The activation fails with the same error.
  }
}, sendingTime);

/** Called by VS Code. */
export async function activate(context: object): Promise<void> {
  try {
    await load().activate(context, lateViews);
  } catch (error) {
    // Views that wait for their rows would look as if they were being loaded.
    for (const view of lateViews.values()) view.dispose();
    throw error;
  }
}
