/** Parses scripts of POSIX shells and bash. */
import { readCommand } from './posix/compounds.ts';
import { readDollar } from './posix/dollar.ts';
import { endHeredocs } from './posix/pending-heredocs.ts';
import { readBody, readList } from './posix/lists.ts';
import { none, Reader, type Grammar } from './posix/reader.ts';
import type { Dialect, Script } from './script.ts';
import { separatorsOf } from './separators.ts';
import { DirectSource, type Source } from './source.ts';
import { keepCode } from '../text/kept-code.ts';

const grammar: Grammar = {
  list: readList,
  body: readBody,
  command: readCommand,
  dollar: readDollar,
};

/** Parses any text; what a shell would refuse is in `errors`. */
export function parsePosix(source: Source, dialect: Dialect): Script {
  const reader = new Reader(source, grammar);
  const statements = readBody(reader, -1);
  const { errors, ends, heredocs } = reader;
  if (heredocs.length > 0) endHeredocs(reader);
  // Most scripts are one chain, which nothing follows.
  const isOne = ends.length === 1 && ends[0] === source.text.length;
  return { dialect, statements, separators: isOne ? none : separatorsOf(source, ends), errors };
}

keepCode(new Reader(new DirectSource({ at: 0, text: '' }), grammar));
