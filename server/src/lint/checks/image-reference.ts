/** What is wrong with an image reference, in words. */
import type { Report } from '../rule.ts';
import { imageTrouble, type ImageTrouble } from '../../images/image.ts';
import { replace } from '../../text/edit.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { hasMisprint } from '../../text/misprints.ts';
import { pastedReference } from '../../images/pasted-references.ts';

/** Nothing of a misprint or a pasted link, of which other rules speak; `written` when it stands there as it is. */
export function referenceProblem(
  at: Node,
  reference: string,
  written: boolean,
  report: Report,
): void {
  if (hasMisprint(reference) || pastedReference(reference) !== undefined) return;
  const wrong = reference === 'scratch' ? undefined : imageTrouble(reference);
  if (wrong === undefined) return;
  const lower = reference.toLowerCase();
  report({
    at,
    message: sentence(wrong, reference),
    ...(wrong === 'upper-case' &&
      written && {
        fix: { title: t('Write {0}', lower), edits: [replace(at.span, lower)], safe: false },
      }),
  });
}

function sentence(wrong: ImageTrouble, reference: string): string {
  switch (wrong) {
    case 'empty':
      return t('The name of the image is empty');
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
