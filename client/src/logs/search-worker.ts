/**
 * Searches with expressions in a thread of its own: an expression can take very long for a single line, which only the end of its
 * thread stops.
 */
import { parentPort } from 'node:worker_threads';
import { chunkText } from './log-chunk.ts';
import { Matcher, type Query } from './search.ts';
import type { FromSearch, ToSearch } from './search-messages.ts';

let matcher: Matcher | undefined;
let current = '';

/** The expression of a query is compiled once. */
function matcherOf(query: Query): Matcher {
  const key = JSON.stringify(query);
  if (matcher === undefined || key !== current) matcher = new Matcher(query);
  current = key;
  return matcher;
}

function answer(message: FromSearch): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (message: ToSearch) => {
  const { id, query } = message;
  answer({ kind: 'begin', id });
  if (message.kind === 'ranges') {
    const ranges = message.texts.map((text) => matcherOf(query).ranges(text));
    answer({ kind: 'ranges', id, ranges });
    return;
  }
  const { memory, first, range, selection } = message;
  const lines = matcherOf(query).findLines(chunkText(memory, first), range, selection);
  answer({ kind: 'lines', id, lines });
});
