/** The form for an image of a container, and what is asked for. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import type { NewImage } from '../engine/container-requests.ts';
import type { Form, Mark, Values } from '../run/form.ts';
import { printWords } from '../run/words.ts';

/** A name after the container's. */
export function commitValues({ name }: Container): Values {
  const usual = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return {
    reference: `${usual === '' ? 'image' : usual}:snapshot`,
    message: '',
    author: '',
    changes: '',
    pause: true,
  };
}

/** Says what the image will not hold. */
export function commitForm(container: string, mounts: readonly string[], values: Values): Form {
  const lost =
    mounts.length === 0
      ? t('The image holds the container’s files. Running processes and memory are not in it.')
      : t(
          'The image holds the container’s files, without what lies in {0}: volumes and mounted folders are not in it. Nor are running processes and memory.',
          mounts.join(', '),
        );
  return {
    title: t('Image of {0}', container),
    sections: [
      {
        title: t('Image'),
        open: true,
        fields: [
          { kind: 'text', id: 'reference', label: t('Name'), hint: lost },
          { kind: 'text', id: 'message', label: t('Message') },
          {
            kind: 'text',
            id: 'author',
            label: t('Author'),
            placeholder: 'ada@example.com',
          },
          {
            kind: 'lines',
            id: 'changes',
            label: t('Dockerfile instructions on top'),
            placeholder: 'CMD ["nginx"]',
            hint: t('CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, ONBUILD, USER, VOLUME, WORKDIR'),
          },
          { kind: 'check', id: 'pause', label: t('Stand still meanwhile') },
        ],
      },
    ],
    values,
    line: { label: t('docker commit line'), hint: t('Follows the form.') },
    actions: [{ id: 'commit', label: t('Make Image'), primary: true }],
  };
}

const instructions = /^(?:CMD|ENTRYPOINT|ENV|EXPOSE|LABEL|ONBUILD|USER|VOLUME|WORKDIR)\s+\S/i;

/** What the fields ask for, with the line that would do the same. */
export function commitOf(
  container: string,
  values: Values,
  referenceTrouble: (text: string) => string | undefined,
): { readonly image: NewImage; readonly line: string; readonly marks: readonly Mark[] } {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name].trim() : '');
  const [reference, message, author] = [text('reference'), text('message'), text('author')];
  const lines = text('changes')
    .split('\n')
    .map((line) => line.trim());
  const changes = lines.filter((line) => line !== '');
  const wrong = reference === '' ? undefined : referenceTrouble(reference);
  const marks: Mark[] =
    wrong === undefined ? [] : [{ field: 'reference', severity: 'error', message: wrong }];
  lines.forEach((line, row) => {
    if (line === '' || instructions.test(line)) return;
    marks.push({
      field: 'changes',
      row,
      severity: 'error',
      message: t('{0} is no instruction that can be put on top', line),
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
