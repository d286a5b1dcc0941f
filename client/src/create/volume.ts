/** The form that creates a volume, and its request. */
import { t } from '@vscode/l10n';
import type { NewVolume } from '../engine/objects.ts';
import type { Form, Mark, Values } from '../run/form.ts';
import { volumeNameError } from './checks.ts';
import {
  createForm,
  driverFields,
  driverValues,
  optionFields,
  readDriverFields,
} from './driver-fields.ts';

export const volumeValues: Values = driverValues('local');

export function volumeForm(): Form {
  return createForm({
    title: t('Create Volume'),
    sections: [
      {
        title: t('Volume'),
        fields: [
          ...driverFields(['local']),
          ...optionFields(
            'type=tmpfs',
            t(
              'The `local` driver mounts file systems: `type=nfs`, `o=addr=10.0.0.2,rw`, `device=:/srv`.',
            ),
          ),
        ],
      },
    ],
    line: t('docker volume create command'),
    example: '--opt',
  });
}

/** The request for the values, the docker command, and the problems. */
export function volumeRequest(
  values: Values,
  taken: ReadonlySet<string>,
): { readonly volume: NewVolume; readonly line: string; readonly marks: readonly Mark[] } {
  const nameError = (name: string) => volumeNameError(name, taken);
  const kind = { object: 'volume', usual: 'local', nameError } as const;
  const { name, request, line, marks } = readDriverFields(values, kind);
  return { volume: { name, ...request }, line: line([]), marks };
}
