/** The patterns in the text of an ignore file, as `ignorefile.ReadAll` of moby/patternmatcher reads it. */
import { ignoreLines } from './ignore-text.ts';

/** Undefined if a line is too long for Docker, which then rejects the file. */
export function ignorePatterns(text: string): readonly string[] | undefined {
  const patterns: string[] = [];
  for (const { isTooLong, kind, pattern } of ignoreLines(text)) {
    if (isTooLong) return undefined;
    if (kind === 'pattern') patterns.push(pattern);
  }
  return patterns;
}
