/** References to images, as people write them. */
import type { Image } from './engine.ts';

/** Whether the reference is a tag, a digest or the id of the image. */
export function isNamed({ id, tags, digests }: Image, reference: string): boolean {
  const tagged = /[:@][^/]*$/.test(reference) ? reference : `${reference}:latest`;
  const short = tagged.replace(/^(?:docker\.io\/)?(?:library\/)?/, '');
  const hex = reference.replace(/^sha256:/, '');
  return (
    tags.includes(tagged) ||
    tags.includes(short) ||
    digests.includes(reference) ||
    (/^[0-9a-f]{6,64}$/.test(hex) && id.startsWith(`sha256:${hex}`))
  );
}

/** Whether a container was created of an image id, in full or shortened, and not of a tag. */
export function isImageId(reference: string): boolean {
  return /^(?:sha256:)?[0-9a-f]{12,64}$/.test(reference);
}

/** As an engine lists the tag: `docker.io/library/busybox` is `busybox:latest`. */
export function nameWithTag(reference: string): string {
  const short = reference.replace(/^(?:(?:index\.)?docker\.io\/)(?:library\/)?/, '');
  return /[:@][^/]*$/.test(short) ? short : `${short}:latest`;
}
