/** The form that makes an image of a container. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import type { RawContainerDetails } from '../engine/inspect-data.ts';
import { referenceTrouble } from '../registry/image-reference.ts';
import { openForm } from '../run/form-session.ts';
import { attempt } from '../ui/attempt.ts';
import type { Tools } from '../ui/tools.ts';
import { commitForm, commitOf, commitValues } from './form.ts';

/** Opens the form for an image of what was written in the container. */
export async function commitContainer(container: Container, tools: Tools): Promise<void> {
  const engine = await tools.engine();
  const details = (await engine.inspect('container', container.id)) as RawContainerDetails;
  const mounts = (details.Mounts ?? []).flatMap(({ Destination }) => Destination ?? []);
  await openForm(tools.editor, {
    form: commitForm(container.name, mounts, commitValues(container)),
    check: (values) => Promise.resolve(commitOf(container.name, values, referenceTrouble)),
    act: async (_, values, busy) => {
      const { image, marks } = commitOf(container.name, values, referenceTrouble);
      const [wrong] = marks;
      if (wrong !== undefined) throw new EngineError('failed', wrong.message);
      busy(t('Writing the image…'));
      const id = await attempt(t('No image was made of {0}', container.name), () =>
        engine.commit(container.id, image),
      );
      void tools.editor.tell(
        t('Made {0} of {1}.', image.reference ?? id.slice(7, 19), container.name),
      );
      return true;
    },
  });
}
