/** The forms that create networks and volumes with their options. */
import { EngineError } from '../engine/errors.ts';
import { t } from '@vscode/l10n';
import { attempt } from '../ui/attempt.ts';
import type { Tools } from '../ui/tools.ts';
import { openForm } from '../run/form-session.ts';
import type { Form, Mark, Values } from '../run/form.ts';
import { networkForm, networkRequest, networkValues } from './network.ts';
import { volumeForm, volumeRequest, volumeValues } from './volume.ts';

/** Opens the form for a network. */
export async function createNetwork(tools: Tools): Promise<void> {
  const engine = await tools.engine();
  const taken = new Set((await engine.networks()).map(({ name }) => name));
  await openCreateForm(tools, {
    form: networkForm(),
    defaults: networkValues,
    read: (values) => networkRequest(values, taken),
    create: ({ network }) =>
      attempt(t('Could not create {0}', network.name), () => engine.createNetwork(network)),
  });
}

/** Opens the form for a volume. */
export async function createVolume(tools: Tools): Promise<void> {
  const engine = await tools.engine();
  const taken = new Set((await engine.volumes()).map(({ name }) => name));
  await openCreateForm(tools, {
    form: volumeForm(),
    defaults: volumeValues,
    read: (values) => volumeRequest(values, taken),
    create: ({ volume }) =>
      attempt(t('Could not create {0}', volume.name ?? ''), () => engine.createVolume(volume)),
  });
}

async function openCreateForm<T extends { readonly line: string; readonly marks: readonly Mark[] }>(
  { editor }: Tools,
  {
    form,
    defaults,
    read,
    create,
  }: {
    readonly form: Form;
    readonly defaults: Values;
    readonly read: (values: Values) => T;
    readonly create: (request: T) => Promise<unknown>;
  },
): Promise<void> {
  await openForm(editor, {
    title: form.title,
    values: defaults,
    read: (values) => Promise.resolve({ ...read(values), form, defaults }),
    act: async (_, values) => {
      const request = read(values);
      const error = request.marks.find(({ severity }) => severity === 'error');
      if (error !== undefined) throw new EngineError('failed', error.message);
      await create(request);
      return true;
    },
  });
}
