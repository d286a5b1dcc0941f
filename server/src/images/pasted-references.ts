/** References as they are copied from pages: a Markdown link, a reference in back-ticks, an address with its scheme. */

/** The reference that a pasted text stands for; undefined where it is no such text. */
export function pastedReference(text: string): string | undefined {
  const link = /^!?\[`*([^\]`]*)`*\]\(<?([^)\s>]*)>?\)$/.exec(text);
  const written = link ? (link[1] ?? '') : (/^`+([^`]+)`+$/.exec(text)?.[1] ?? '');
  const address = link ? (link[2] ?? '') : text;
  const bare = /^https?:\/\/(?:hub\.docker\.com\/(?:_|r)\/)?(.+?)\/?$/.exec(address)?.[1];
  const isPasted = link !== null || written !== '' || bare !== undefined;
  return isPasted ? [written, bare].find((it) => it !== undefined && looksRight(it)) : undefined;
}

function looksRight(reference: string): boolean {
  return /^[a-z0-9][a-z0-9._/-]*(?::\d+\/[a-z0-9._/-]+)?(?::[\w][\w.-]*)?(?:@sha256:[0-9a-f]{64})?$/.test(reference); // prettier-ignore
}
