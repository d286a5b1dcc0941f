/** Texts for the invariants: Dockerfiles and the cases of the parser tests. */
import parserCases from '../../server/src/syntax/cases/parser.json' with { type: 'json' };
import { dockerfiles } from '../dockerfiles.ts';

export const texts: readonly string[] = [...dockerfiles, ...parserCases.map(({ text }) => text)];
