/** The form that creates a volume, and its request. */
import { t } from '@vscode/l10n';
import type { NewVolume } from '../engine/objects.ts';
import { printWords } from '../command-line/words.ts';
import type { Form, Mark, Values } from '../run/form.ts';
import { volumeNameError } from './checks.ts';
import { pairsOf, textOf } from './pairs.ts';

export const volumeValues: Values = { name: '', driver: 'local', options: '', labels: '' };

export function volumeForm(): Form {
  return {
    title: t('Create Volume'),
    sections: [
      {
        title: t('Volume'),
        fields: [
          { kind: 'text', id: 'name', label: t('Name') },
          {
            kind: 'text',
            id: 'driver',
            label: t('Driver'),
            flag: '--driver',
            choices: ['local'],
            placeholder: 'local',
          },
          {
            kind: 'lines',
            id: 'options',
            label: t('Driver options'),
            flag: '--opt',
            about: t(
              'The `local` driver mounts file systems: `type=nfs`, `o=addr=10.0.0.2,rw`, `device=:/srv`.',
            ),
            placeholder: 'type=tmpfs',
          },
          {
            kind: 'lines',
            id: 'labels',
            label: t('Labels'),
            flag: '--label',
            placeholder: 'name=value',
          },
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
  const [name, driver] = [textOf(values.name), textOf(values.driver)];
  const options = pairsOf('options', '--opt', values.options);
  const labels = pairsOf('labels', '--label', values.labels);
  const message = volumeNameError(name, taken);
  const words = [
    ...(driver === '' || driver === 'local' ? [] : ['--driver', driver]),
    ...options.words,
    ...labels.words,
  ];
  return {
    volume: {
      name,
      ...(driver !== '' && { driver }),
      options: options.pairs,
      labels: labels.pairs,
    },
    line: printWords(['docker', 'volume', 'create', ...words, ...(name === '' ? [] : [name])]),
    marks: [
      ...(message === undefined ? [] : [{ field: 'name', severity: 'error' as const, message }]),
      ...options.marks,
      ...labels.marks,
    ],
  };
}
