/** The recommended release of an official image, from the end-of-life data. */
import type { Image } from './image.ts';
import { productNamed } from './products.ts';
import { officialName } from './releases.ts';

/** The tag of the release that most users should choose; undefined for images without data. */
export function recommendedTag(image: Image): string | undefined {
  const name = officialName(image);
  const product = name === undefined ? undefined : productNamed(name);
  if (product === undefined || product.target === '') return undefined;
  const { target, releases } = product;
  // Debian's releases are better known by codename, and Ubuntu's by number.
  return (name === 'debian' ? releases.find(([cycle]) => cycle === target)?.[2] : undefined) ?? target; // prettier-ignore
}
