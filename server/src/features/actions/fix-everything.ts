import { answerForEachText, type Document } from '../../model/document.ts';
import { fixAll } from '../../lint/fix.ts';
import type { Finding } from '../../lint/rule.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import type { Action } from './action.ts';

/** One action that applies every safe fix, repeated until nothing changes; empty if there is nothing to fix. */
export function fixEverything(
  document: Document,
  lint: (document: Document) => readonly Finding[],
  findings: readonly Finding[],
): readonly Action[] {
  if (!findings.some(({ fix }) => fix !== undefined && fix.safe !== false)) return [];
  const { text } = document;
  const fixed = fixAll(text, answerForEachText(document, lint, { answer: findings }), 'safe');
  if (fixed.text === text) return [];
  return [
    {
      title: t('Apply all safe fixes'),
      kind: 'source.fixAll.drydock',
      edits: [difference(text, fixed.text)],
    },
  ];
}

/** The smallest single edit between two texts. */
function difference(before: string, after: string): ReturnType<typeof replace> {
  const limit = Math.min(before.length, after.length);
  let start = 0;
  while (start < limit && before[start] === after[start]) start++;
  let end = 0;
  while (end < limit - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return replace({ start, end: before.length - end }, after.slice(start, after.length - end));
}
