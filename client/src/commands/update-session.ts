/** Forms that change a container, or make an image of it. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { commitForm, commitOf, commitValues } from '../run/commit.ts';
import type { RawContainerDetails } from '../run/inspected.ts';
import { changeOf, limitsForm, limitValues } from '../run/update.ts';
import { attempt } from './attempt.ts';
import type { Tools } from './command.ts';
import { openForm } from './form-session.ts';
import { referenceTrouble } from './reference.ts';

/** Opens the form with the limits that are in force. */
export async function changeLimits(container: Container, tools: Tools): Promise<void> {
  const engine = await tools.engine();
  const details = (await engine.inspect('container', container.id)) as RawContainerDetails;
  const host = details.HostConfig ?? {};
  const before = limitValues(host);
  await openForm(tools.editor, {
    form: limitsForm(container.name, before, host.AutoRemove === true),
    check: (values) => Promise.resolve(changeOf(container.name, values, before)),
    act: async (_, values) => {
      const { limits, marks } = changeOf(container.name, values, before);
      const [wrong] = marks;
      if (wrong !== undefined) throw new EngineError('failed', wrong.message);
      if (Object.keys(limits).length > 0) {
        await attempt(t('{0} was not changed', container.name), () =>
          engine.update(container.id, limits),
        );
      }
      return true;
    },
  });
}

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
