/** The release of an official image to begin with, by the data on ends of life. */
import { endOfLife } from './end-of-life.ts';
import type { Image } from './image.ts';
import { officialName } from './releases.ts';

/** The tag of the release that most should use; undefined for images of which nothing is known. */
export function recommendedTag(image: Image): string | undefined {
  const name = officialName(image);
  if (name === undefined || !Object.hasOwn(endOfLife, name)) return undefined;
  const { target, releases } = endOfLife[name] ?? { target: '', releases: [] };
  if (target === '') return undefined;
  // Debian's releases are better known by name, and Ubuntu's by number.
  return (name === 'debian' ? releases.find(([cycle]) => cycle === target)?.[2] : undefined) ?? target; // prettier-ignore
}
