/** Heredocs without a body. */
import type { Reader } from './reader.ts';
import { Verbatim } from './word.ts';

/** If a script ends before the next line, its pending heredocs are empty. */
export function endHeredocs(reader: Reader): void {
  if (reader.heredocs.length === 0) return;
  for (const { redirect } of reader.heredocs)
    redirect.body = new Verbatim(reader.source, { start: reader.at, end: reader.at });
  reader.heredocs.length = 0;
}
