/** The form that creates a volume, and its request. */
import { t } from '@vscode/l10n';
import type { NewVolume } from '../engine/objects.ts';
import type { Form, Mark, Values } from '../run/form.ts';
import { volumeNameError } from './checks.ts';
import {
  driverField,
  driverValues,
  errorMarks,
  nameField,
  optionFields,
  readDriverFields,
} from './driver-fields.ts';

export const volumeValues: Values = driverValues('local');

export function volumeForm(): Form {
  return {
    title: t('Create Volume'),
    sections: [
      {
        title: t('Volume'),
        fields: [
          nameField(),
          driverField(['local']),
          ...optionFields(
            'type=tmpfs',
            t(
              'The `local` driver mounts file systems: `type=nfs`, `o=addr=10.0.0.2,rw`, `device=:/srv`.',
            ),
          ),
        ],
      },
    ],
    line: { label: t('docker volume create command'), hint: t('Shows the values of the form.') },
    example: '--opt',
    actions: [{ id: 'create', label: t('Create'), primary: true }],
  };
}

/** The request for the values, the docker command, and the problems. */
export function volumeRequest(
  values: Values,
  taken: ReadonlySet<string>,
): { readonly volume: NewVolume; readonly line: string; readonly marks: readonly Mark[] } {
  const common = readDriverFields(values, { object: 'volume', usual: 'local' });
  const { name, request } = common;
  return {
    volume: { name, ...request },
    line: common.line([]),
    marks: [...errorMarks('name', volumeNameError(name, taken)), ...common.marks],
  };
}
