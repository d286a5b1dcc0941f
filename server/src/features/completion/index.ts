/** What could stand at a place, in the order in which it is offered. */
import type { Document } from '../../model/document.ts';
import type { Outside } from '../outside.ts';
import { commandNames } from './commands.ts';
import { comments, directiveLines, isToLinter } from './comments.ts';
import { flags } from './flags.ts';
import type { Completion } from './item.ts';
import { arrays, elements } from './json.ts';
import { jsonAt } from './json-place.ts';
import { keywords } from './keywords.ts';
import { paths } from './paths.ts';
import { placeAt, type Place } from './place.ts';
import { whole } from './whole.ts';
import { shellWords } from './shell.ts';
import { optionFiles, stageFiles } from './stage-files.ts';
import { bases } from './stages.ts';
import { values } from './values.ts';
import { variables } from './variables.ts';
import { words } from './words.ts';

/** How it was asked for. */
export interface Occasion {
  /** Nobody asked, but a blank was typed. */
  readonly blank: boolean;
}

export async function completion(
  document: Document,
  offset: number,
  outside: Outside,
  { blank }: Occasion = { blank: false },
): Promise<readonly Completion[]> {
  const place = placeAt(document, offset);
  const named = variables(place);
  // Behind `$` nothing but a variable can stand.
  const found =
    named.length > 0
      ? named
      : blank
        ? await behindBlank(place, outside)
        : await everything(place, outside);
  return whole(document.text, found);
}

async function everything(place: Place, outside: Outside): Promise<readonly Completion[]> {
  const json = jsonAt(place);
  if (json) return elements(place, json, outside);
  const files = optionFiles(place);
  if (files) return files;
  return [
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
}

/** Only where what follows is most likely one of these: whoever goes on typing must not take one by chance. */
async function behindBlank(place: Place, outside: Outside): Promise<readonly Completion[]> {
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
