/** Changes the tag of an image reference. */
import type { Fix } from '../rule.ts';
import type { Word } from '../../syntax/tree.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

/** Replaces the tag of an image; undefined if the reference contains variables. */
export function replaceTag(word: Word, tag: string): Fix | undefined {
  if (word.variables.length > 0 || word.raw !== word.text) return undefined;
  const text = `${word.text.replace(/:[^:/]*$/, '')}:${tag}`;
  return { title: t('Replace with `{0}`', text), edits: [replace(word.span, text)], safe: false };
}
