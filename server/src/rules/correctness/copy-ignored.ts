/** BuildKit CopyIgnoredFile (dockerfile2llb/convert.go, validateCopySourcePath), which skips files with `!` patterns. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { expandWord } from '../../model/expanded-words.ts';
import { remoteKind } from '../../syntax/remote-source.ts';

export default rule({
  summary: 'Do not copy files that `.dockerignore` excludes',
  why: 'Files that `.dockerignore` excludes are not sent with the build context. Copying one of them fails the build with `not found`, although the file exists on disk.\n\nNothing is reported if `.dockerignore` contains patterns that start with `!`.',
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
        const source = expandWord(model, word)?.text;
        if (source === undefined || source === '' || remoteKind(source) !== undefined) continue;
        if (!file.excludes(source)) continue;
        report({ at: word, message: t('`{0}` is excluded by `{1}`', word.text, file.name) });
      }
    }
  },
});
