/** Shows what the engine knows of things: as a document to read, or as its JSON. */
import { t } from '@vscode/l10n';
import type { EngineEvent } from '../engine/engine.ts';
import { readable } from './readable-yaml.ts';
import { attempt, runForEach } from '../ui/attempt.ts';
import type { Tools } from '../ui/tools.ts';

export interface Inspected {
  readonly about: EngineEvent['about'];
  readonly as: 'document' | 'json';
}

/** One document each; `name` is what a person calls it. */
export async function inspectAll(
  { engine: connected, editor }: Tools,
  things: readonly { readonly id: string; readonly name: string }[],
  { about, as }: Inspected,
): Promise<void> {
  const engine = await connected();
  await runForEach(things, ({ id, name }) =>
    attempt(t('{0} cannot be inspected', name), async () => {
      const { raw } = await engine.inspect(about, id);
      const file = name.replace(/[/:]/g, '-');
      if (as === 'document') await editor.showDocument(`${file}.yaml`, readable(raw), 'yaml');
      else await editor.showDocument(`${file}.json`, raw, 'json');
    }),
  );
}
