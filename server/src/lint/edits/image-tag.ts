/** An image reference with another tag. */
import type { Fix } from '../rule.ts';
import type { Word } from '../../syntax/tree.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

/** The image word with a tag in place of its own; undefined where the word is not written out. */
export function withTag(word: Word, tag: string): Fix | undefined {
  if (word.variables.length > 0 || word.raw !== word.text) return undefined;
  const text = `${word.text.replace(/:[^:/]*$/, '')}:${tag}`;
  return { title: t('Replace with `{0}`', text), edits: [replace(word.span, text)], safe: false };
}
