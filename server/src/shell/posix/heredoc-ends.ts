/** Heredocs without a body. */
import type { Reading } from './reading.ts';
import { Verbatim } from './word.ts';

/** If a script ends before the next line, its pending heredocs are empty. */
export function endHeredocs(reading: Reading): void {
  for (const { redirect } of reading.heredocs)
    redirect.body = new Verbatim(reading.source, { start: reading.at, end: reading.at });
  reading.heredocs.length = 0;
}
