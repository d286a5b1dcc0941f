/** The recommended release of an official image, from the end-of-life data. */
import { endOfLife } from './end-of-life.ts';
import type { Image } from './image.ts';
import { officialName } from './releases.ts';

/** The tag of the release that most users should choose; undefined for images without data. */
export function recommendedTag(image: Image): string | undefined {
  const name = officialName(image);
  if (name === undefined || !Object.hasOwn(endOfLife, name)) return undefined;
  const { target, releases } = endOfLife[name] ?? { target: '', releases: [] };
  if (target === '') return undefined;
  // Debian's releases are better known by codename, and Ubuntu's by number.
  return (name === 'debian' ? releases.find(([cycle]) => cycle === target)?.[2] : undefined) ?? target; // prettier-ignore
}
