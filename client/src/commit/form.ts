/** The form that commits a container to an image, and its request. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import type { NewImage } from '../engine/container-requests.ts';
import type { Form, Mark, Values } from '../run/form.ts';
import { printWords } from '../command-line/words.ts';

/** Initial values; the image name is derived from the container name. */
export function commitValues({ name }: Container): Values {
  const baseName = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return {
    reference: `${baseName === '' ? 'image' : baseName}:snapshot`,
    message: '',
    author: '',
    changes: '',
    pause: true,
  };
}

/** Creates the form. A hint says what the image will not contain. */
export function commitForm(container: string, mounts: readonly string[]): Form {
  const contents =
    mounts.length === 0
      ? t('The image contains the files of the container, but not its running processes or memory.')
      : t(
          'The image contains the files of the container, but not its volumes and bind mounts ({0}), running processes or memory.',
          mounts.join(', '),
        );
  return {
    title: t('Commit {0} to an image', container),
    sections: [
      {
        title: t('Image'),
        fields: [
          { kind: 'text', id: 'reference', label: t('Name'), about: contents },
          { kind: 'text', id: 'message', label: t('Message'), flag: '--message' },
          {
            kind: 'text',
            id: 'author',
            label: t('Author'),
            flag: '--author',
            placeholder: 'ada@example.com',
          },
          {
            kind: 'lines',
            id: 'changes',
            label: t('Dockerfile instructions to apply'),
            placeholder: 'CMD ["nginx"]',
            flag: '--change',
            about: t('CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, ONBUILD, USER, VOLUME, WORKDIR'),
          },
          { kind: 'check', id: 'pause', label: t('Pause the container during the commit') },
        ],
      },
    ],
    example: '--author',
    line: { label: t('docker commit command'), hint: t('Shows the values of the form.') },
    actions: [{ id: 'commit', label: t('Commit'), primary: true }],
  };
}

const instructions = /^(?:CMD|ENTRYPOINT|ENV|EXPOSE|LABEL|ONBUILD|USER|VOLUME|WORKDIR)\s+\S/i;

/** The commit request for the values, and the equivalent docker CLI command. */
export function commitRequest(
  container: string,
  values: Values,
  checkReference: (text: string) => string | undefined,
): { readonly image: NewImage; readonly line: string; readonly marks: readonly Mark[] } {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name].trim() : '');
  const [reference, message, author] = [text('reference'), text('message'), text('author')];
  const lines = text('changes')
    .split('\n')
    .map((line) => line.trim());
  const changes = lines.filter((line) => line !== '');
  const invalid = reference === '' ? undefined : checkReference(reference);
  const marks: Mark[] =
    invalid === undefined ? [] : [{ field: 'reference', severity: 'error', message: invalid }];
  lines.forEach((line, row) => {
    if (line === '' || instructions.test(line)) return;
    marks.push({
      field: 'changes',
      row,
      severity: 'error',
      message: t('{0} is not an instruction that can be applied', line),
    });
  });
  const pause = values.pause !== false;
  const words = [
    ...(message === '' ? [] : ['-m', message]),
    ...(author === '' ? [] : ['-a', author]),
    ...changes.flatMap((change) => ['-c', change]),
    ...(pause ? [] : ['--pause=false']),
    container,
    ...(reference === '' ? [] : [reference]),
  ];
  return {
    image: {
      ...(reference !== '' && { reference }),
      ...(message !== '' && { message }),
      ...(author !== '' && { author }),
      changes,
      pause,
    },
    line: printWords(['docker', 'commit', ...words]),
    marks,
  };
}
