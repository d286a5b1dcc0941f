/**
 * References that were copied from web pages: a Markdown link, a reference in backticks, or an address with its scheme.
 */

/** An image name has at most 255 characters, and a link contains it twice. */
const maxLength = 1000;

/** The reference in a pasted text; undefined if there is none. */
export function referenceInLink(text: string): string | undefined {
  if (text.length > maxLength) return undefined;
  const link = /^!?\[`*([^\]`]*)`*\]\(<?([^)\s>]*)>?\)$/.exec(text);
  const written = link ? (link[1] ?? '') : (/^`+([^`]+)`+$/.exec(text)?.[1] ?? '');
  const address = link ? (link[2] ?? '') : text;
  const withoutScheme = /^https?:\/\/(?:hub\.docker\.com\/(?:_|r)\/)?(.+?)\/?$/.exec(address)?.[1];
  const isPasted = link !== null || written !== '' || withoutScheme !== undefined;
  return isPasted
    ? [written, withoutScheme].find((it) => it !== undefined && looksLikeReference(it))
    : undefined;
}

function looksLikeReference(reference: string): boolean {
  return /^[a-z0-9][a-z0-9._/-]*(?::\d+\/[a-z0-9._/-]+)?(?::[\w][\w.-]*)?(?:@sha256:[0-9a-f]{64})?$/.test(reference); // prettier-ignore
}
