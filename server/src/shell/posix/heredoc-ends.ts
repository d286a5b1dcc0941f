/** Heredocs whose text never comes. */
import type { Reading } from './reading.ts';
import { Verbatim } from './word.ts';

/** Where a script ends before the line that would follow, its heredocs are empty. */
export function endHeredocs(reading: Reading): void {
  for (const { redirect } of reading.heredocs)
    redirect.body = new Verbatim(reading.source, { start: reading.at, end: reading.at });
  reading.heredocs.length = 0;
}
