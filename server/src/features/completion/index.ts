/** All completions at a place, in the order in which they are offered. */
import type { Document } from '../../model/document.ts';
import type { Outside } from '../outside.ts';
import { commandNames } from './commands.ts';
import { comments, directiveLines, isToLinter } from './comments.ts';
import { flags } from './flags.ts';
import type { Completion } from './item.ts';
import { elements } from './json.ts';
import { arrays } from './json-arrays.ts';
import { jsonAt } from './json-place.ts';
import { keywords } from './keywords.ts';
import { ranked, type Ranked } from './next/rank.ts';
import { paths } from './paths.ts';
import { continuesKeyword, placeAt, type Place } from './place.ts';
import { withWordEnds } from './whole.ts';
import { shellWords } from './shell.ts';
import { optionFiles, stageFiles } from './stage-files.ts';
import { bases } from './stages.ts';
import { values } from './values.ts';
import { variables } from './variables.ts';
import { words } from './words.ts';

/** How completion was triggered. */
export interface Occasion {
  /** Triggered automatically by a space. */
  readonly afterSpace: boolean;
}

export async function completion(
  document: Document,
  offset: number,
  outside: Outside,
  { afterSpace }: Occasion = { afterSpace: false },
): Promise<Ranked> {
  const place = placeAt(document, offset);
  if (continuesKeyword(place)) return { items: [], isIncomplete: false };
  const variableItems = variables(place);
  // Only a variable can follow `$`. After a space, only what is almost certain is offered.
  const { items, adds } =
    variableItems.length > 0
      ? { items: variableItems, adds: true }
      : afterSpace
        ? { items: await completionsAfterSpace(place, outside), adds: false }
        : await allCompletions(place, outside);
  const { items: inOrder, isIncomplete } = await ranked(place, items, adds);
  return { items: withWordEnds(document.text, inOrder), isIncomplete };
}

interface Found {
  readonly items: readonly Completion[];
  /** Whether likely words may be added, because nothing else is known of the place. */
  readonly adds: boolean;
}

async function allCompletions(place: Place, outside: Outside): Promise<Found> {
  const json = jsonAt(place);
  if (json) return { items: await elements(place, json, outside), adds: false };
  const files = optionFiles(place);
  if (files) return { items: files, adds: false };
  const items = [
    ...comments(place, outside),
    ...keywords(place),
    ...directiveLines(place),
    ...(await values(place, outside)),
    ...(await bases(place, outside)),
    ...(await paths(place, outside)),
    ...words(place),
    ...commandNames(place),
    ...flags(place),
    ...shellWords(place, false),
    ...stageFiles(place),
    ...(await arrays(place, outside)),
  ];
  return { items, adds: true };
}

/** Only where one of these almost certainly follows, so that typing on does not accept one by accident. */
async function completionsAfterSpace(
  place: Place,
  outside: Outside,
): Promise<readonly Completion[]> {
  const { instruction, onbuild } = place;
  if (isToLinter(place)) return comments(place, outside);
  if (instruction === undefined) return [];
  if (instruction === onbuild) return keywords(place);
  switch (instruction.kind) {
    case 'FROM':
      return bases(place, outside);
    case 'SHELL':
      return arrays(place, outside);
    case 'STOPSIGNAL':
    case 'HEALTHCHECK':
      return words(place);
    case 'COPY':
    case 'ADD':
      return instruction.words.length === 0 ? paths(place, outside) : [];
    default:
      return optionFiles(place) ?? shellWords(place, true);
  }
}
