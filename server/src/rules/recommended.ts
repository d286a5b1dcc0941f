/** The release of an official image to begin with, by the data on ends of life. */
import type { Fix } from '../lint/rule.ts';
import type { Image } from '../model/model.ts';
import { endOfLife } from '../reference/end-of-life.ts';
import type { Word } from '../syntax/tree.ts';
import { replace } from '../text/edit.ts';
import { officialName } from '../model/releases.ts';
import { t } from '../text/translated.ts';

/** The tag of the release that most should use; undefined for images of which nothing is known. */
export function recommendedTag(image: Image): string | undefined {
  const name = officialName(image);
  if (name === undefined || !Object.hasOwn(endOfLife, name)) return undefined;
  const { target, releases } = endOfLife[name] ?? { target: '', releases: [] };
  if (target === '') return undefined;
  // Debian's releases are better known by name, and Ubuntu's by number.
  return (name === 'debian' ? releases.find(([cycle]) => cycle === target)?.[2] : undefined) ?? target; // prettier-ignore
}

/** The image word with that tag; undefined where the word is not written out. */
export function withTag(word: Word, tag: string): Fix | undefined {
  if (word.variables.length > 0 || word.raw !== word.text) return undefined;
  const text = `${word.text.replace(/:[^:/]*$/, '')}:${tag}`;
  return { title: t('Replace with `{0}`', text), edits: [replace(word.span, text)], safe: false };
}
