/** Messages about invalid image references. */
import type { Report } from '../rule.ts';
import { imageTrouble, type ImageTrouble } from '../../images/image.ts';
import { replace } from '../../text/edit.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { hasMisprint } from '../../text/misprints.ts';
import { referenceInLink } from '../../images/reference-in-link.ts';

/** Reports an invalid reference, except misprints and pasted links, which have their own rules; `written` if it contains no variables. */
export function referenceProblem(
  at: Node,
  reference: string,
  written: boolean,
  report: Report,
): void {
  if (hasMisprint(reference) || referenceInLink(reference) !== undefined) return;
  const wrong = reference === 'scratch' ? undefined : imageTrouble(reference);
  if (wrong === undefined) return;
  const lower = reference.toLowerCase();
  report({
    at,
    message: sentence(wrong, reference),
    ...(wrong === 'upper-case' &&
      written && {
        fix: {
          title: t('Replace with `{0}`', lower),
          edits: [replace(at.span, lower)],
          safe: false,
        },
      }),
  });
}

function sentence(wrong: ImageTrouble, reference: string): string {
  switch (wrong) {
    case 'empty':
      return t('The image name is empty');
    case 'upper-case':
      return t('`{0}` has uppercase letters; repository names must be lowercase', reference);
    case 'registry':
      return t('`{0}` has an invalid registry', reference);
    case 'tag':
      return t('`{0}` has an invalid tag', reference);
    case 'digest':
      return t('`{0}` has an invalid digest', reference);
    case 'too-long':
      return t('The image name is longer than 255 characters');
    case 'looks-like-an-id':
      return t('`{0}` looks like an image ID; use an image name', reference);
    default:
      return t('`{0}` is not a valid image reference', reference);
  }
}
