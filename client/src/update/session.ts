/** Opens the form that updates the resource limits of a container. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { updateRequest, limitsForm, limitValues } from './form.ts';
import { attempt } from '../ui/attempt.ts';
import type { Tools } from '../ui/tools.ts';
import { openForm } from '../run/form-session.ts';

/** Opens the form with the current limits. */
export async function updateLimits(container: Container, tools: Tools): Promise<void> {
  const engine = await tools.engine();
  const details = await engine.inspect('container', container.id);
  const before = limitValues(details);
  const form = limitsForm(container.name, details.host.AutoRemove === true);
  await openForm(tools.editor, {
    title: form.title,
    values: before,
    read: (values) =>
      Promise.resolve({ ...updateRequest(container.name, values, before), form, defaults: before }),
    act: async (_, values) => {
      const { limits, marks } = updateRequest(container.name, values, before);
      const [invalid] = marks;
      if (invalid !== undefined) throw new EngineError('failed', invalid.message);
      if (Object.keys(limits).length > 0) {
        await attempt(t('Could not update {0}', container.name), () =>
          engine.update(container.id, limits),
        );
      }
      return true;
    },
  });
}
