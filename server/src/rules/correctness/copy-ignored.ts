/** BuildKit CopyIgnoredFile (dockerfile2llb/convert.go, validateCopySourcePath): silent where patterns begin with `!`. */
import { rule } from '../../lint/rule.ts';
import { cleaned } from '../../lint/surroundings.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { expanded } from '../../model/expanded-words.ts';
import { remoteKind } from '../../syntax/remote-source.ts';

export default rule({
  summary: 'Copy nothing that `.dockerignore` leaves out',
  why: 'What `.dockerignore` names is not sent to the build, so copying it fails with “not found”, however plainly the file lies in its folder.',
  severity: 'warning',
  since: '0.1.0',
  needs: 'surroundings',
  also: { buildkit: ['CopyIgnoredFile'] },
  links: ['https://docs.docker.com/reference/build-checks/copy-ignored-file/'],
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        COPY «.env» app /srv/
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY app /srv/
      `,
      dockerignore: '.git\n.env\n',
    },
  ],
  check({ model, surroundings, report }) {
    const file = surroundings?.ignoreFile;
    if (file === undefined || typeof file === 'string' || file.hasExceptions) return;
    for (const { sources, flags, onbuild } of model.each('COPY', 'ADD')) {
      if (onbuild === true || flags.some(({ name }) => name.text === 'from')) continue;
      for (const word of sources) {
        const source = expanded(model, word)?.text;
        if (source === undefined || source === '' || remoteKind(source) !== undefined) continue;
        if (!file.leavesOut(cleaned(source))) continue;
        report({ at: word, message: t('`{0}` is left out by `{1}`', word.text, file.name) });
      }
    }
  },
});
