/** What could stand at a place, in the order in which it is offered. */
import type { Document } from '../../document.ts';
import type { Outside } from '../outside.ts';
import { comments } from './comments.ts';
import { flags } from './flags.ts';
import type { Completion } from './item.ts';
import { keywords } from './keywords.ts';
import { placeAt } from './place.ts';
import { bases } from './stages.ts';
import { values } from './values.ts';
import { variables } from './variables.ts';

export async function completion(
  document: Document,
  offset: number,
  outside: Outside,
): Promise<readonly Completion[]> {
  const place = placeAt(document, offset);
  const named = variables(place);
  // Behind `$` nothing but a variable can stand.
  if (named.length > 0) return named;
  return [
    ...comments(place, outside),
    ...keywords(place),
    ...values(place),
    ...(await bases(place, outside)),
    ...flags(place),
  ];
}
