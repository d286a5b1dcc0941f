/** Opens the form that commits a container to an image. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { referenceError } from '../registry/image-reference.ts';
import { openForm } from '../run/form-session.ts';
import { attempt } from '../ui/attempt.ts';
import type { Tools } from '../ui/tools.ts';
import { commitForm, commitRequest, commitValues } from './form.ts';

/** Opens the form, and commits the container. */
export async function commitContainer(container: Container, tools: Tools): Promise<void> {
  const engine = await tools.engine();
  const details = await engine.inspect('container', container.id);
  const mounts = details.mounts.map(({ destination }) => destination);
  const form = commitForm(container.name, mounts);
  const defaults = commitValues(container);
  await openForm(tools.editor, {
    title: form.title,
    values: defaults,
    read: (values) =>
      Promise.resolve({ ...commitRequest(container.name, values, referenceError), form, defaults }),
    act: async (_, values, busy) => {
      const { image, marks } = commitRequest(container.name, values, referenceError);
      const [invalid] = marks;
      if (invalid !== undefined) throw new EngineError('failed', invalid.message);
      busy(t('Creating the image…'));
      const id = await attempt(t('Could not commit {0}', container.name), () =>
        engine.commit(container.id, image),
      );
      void tools.editor.showInformation(
        t('Created {0} from {1}.', image.reference ?? id.slice(7, 19), container.name),
      );
      return true;
    },
  });
}
