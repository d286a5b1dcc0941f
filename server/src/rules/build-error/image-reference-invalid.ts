/** github.com/distribution/reference, as BuildKit parses FROM (dockerfile2llb/convert.go: "failed to parse stage name"). */
import { t } from '@vscode/l10n';
import { rule } from '../../lint/rule.ts';
import { imageTrouble, type ImageTrouble } from '../../model/image.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { hasMisprint } from '../misprint.ts';
import { pastedReference } from '../pasted.ts';

export default rule({
  summary: 'Name base images as `registry/repository:tag@digest`',
  why: 'Docker refuses a base image whose name does not follow the grammar: repositories are lower case, tags have letters, digits, `_`, `.` and `-`.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/cli/docker/image/tag/'],
  examples: [
    {
      bad: dockerfile`
        FROM «Example/Tool:1.4»
      `,
      good: dockerfile`
        FROM example/tool:1.4
      `,
    },
  ],
  *check({ model }) {
    for (const { from, base, image: reference } of model.stages) {
      const word = from.image;
      if (word === undefined || word.text === '' || base !== undefined) continue;
      if (reference === undefined || reference === 'scratch') continue;
      if (hasMisprint(word.text) || pastedReference(word.text) !== undefined) continue;
      const wrong = imageTrouble(reference);
      // Whether a build argument is given, only the build knows.
      if (wrong === undefined || (word.variables.length > 0 && wrong === 'empty')) continue;
      if (word.variables.length > 0 && isOpen(reference)) continue;
      const lower = reference.toLowerCase();
      yield {
        at: word,
        message: sentence(wrong, reference),
        ...(wrong === 'upper-case' &&
          word.variables.length === 0 && {
            fix: {
              title: t('Write {0}', lower),
              edits: [replace(word.span, word.raw.toLowerCase())],
              safe: false,
            },
          }),
      };
    }
  },
});

/** A part is empty where a variable stands: the reference is meant to be completed by the build. */
function isOpen(reference: string): boolean {
  return /^[:/@-]|[:/@]$|:[-.]|\/[:/]/.test(reference);
}

function sentence(wrong: ImageTrouble, reference: string): string {
  switch (wrong) {
    case 'upper-case':
      return t('`{0}` has capital letters, and repositories have none', reference);
    case 'registry':
      return t('`{0}` does not begin with a registry that can be', reference);
    case 'tag':
      return t('`{0}` has no valid tag', reference);
    case 'digest':
      return t('`{0}` has no valid digest', reference);
    case 'too-long':
      return t('This image name is too long');
    case 'looks-like-an-id':
      return t('`{0}` looks like the id of an image, and only names can stand here', reference);
    default:
      return t('`{0}` is no image reference', reference);
  }
}
