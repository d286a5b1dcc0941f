/** Shows what the engine knows of things: as a document to read, or as its JSON. */
import { t } from '@vscode/l10n';
import type { EngineEvent } from '../engine/engine.ts';
import { readable } from './readable-yaml.ts';
import { attempt, each } from '../ui/attempt.ts';
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
  await each(things, ({ id, name }) =>
    attempt(t('{0} cannot be inspected', name), async () => {
      const details = await engine.inspect(about, id);
      const file = name.replace(/[/:]/g, '-');
      if (as === 'document') await editor.show(`${file}.yaml`, readable(details), 'yaml');
      else await editor.show(`${file}.json`, JSON.stringify(details, undefined, 2), 'json');
    }),
  );
}
