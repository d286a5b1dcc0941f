/** Shows the details of engine objects, as a YAML document or as JSON. */
import { t } from '@vscode/l10n';
import type { EngineEvent } from '../engine/engine.ts';
import { toReadableYaml } from './readable-yaml.ts';
import { attempt, runForEach } from '../ui/attempt.ts';
import type { Tools } from '../ui/tools.ts';

export interface InspectOptions {
  readonly objectType: EngineEvent['objectType'];
  readonly format: 'document' | 'json';
}

/** Opens one document for each object; `name` is its name in the views. */
export async function inspectAll(
  { engine: connected, editor }: Tools,
  objects: readonly { readonly id: string; readonly name: string }[],
  { objectType, format }: InspectOptions,
): Promise<void> {
  const engine = await connected();
  await runForEach(objects, ({ id, name }) =>
    attempt(t('Could not inspect {0}', name), async () => {
      const { raw } = await engine.inspect(objectType, id);
      const file = name.replace(/[/:]/g, '-');
      if (format === 'document')
        await editor.showDocument(`${file}.yaml`, toReadableYaml(raw), 'yaml');
      else await editor.showDocument(`${file}.json`, raw, 'json');
    }),
  );
}
