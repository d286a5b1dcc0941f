/** The form that changes the limits of a container. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import type { RawContainerDetails } from '../engine/inspect-data.ts';
import { changeOf, limitsForm, limitValues } from './form.ts';
import { attempt } from '../ui/attempt.ts';
import type { Tools } from '../ui/tools.ts';
import { openForm } from '../run/form-session.ts';

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
