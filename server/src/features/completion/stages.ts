import { t } from '@vscode/l10n';
import type { Stage } from '../../model/model.ts';
import type { Span } from '../../text/span.ts';
import type { Outside } from '../outside.ts';
import type { Completion } from './item.ts';
import { atKeyword, wordsBefore, type Place } from './place.ts';

/** In FROM: the stages above, and images at hand. */
export async function bases(place: Place, outside: Outside): Promise<readonly Completion[]> {
  const { instruction, typed, word, inComment } = place;
  if (instruction?.kind !== 'FROM' || inComment || atKeyword(place)) return [];
  if (wordsBefore(place) === 1) return nameOfStage(place);
  if (wordsBefore(place) > 1 || /^-|\$/.test(typed)) return [];
  const images = await outside.images.search(typed);
  return [
    ...stagesBefore(place, word),
    ...images.map((label): Completion => ({
      label,
      kind: 'image',
      span: word,
      insert: label,
      snippet: false,
      detail: t('local image'),
    })),
  ];
}

function nameOfStage({ document, instruction, word, typed }: Place): readonly Completion[] {
  if (!/^[A-Za-z]{0,2}$/.test(typed)) return [];
  const lower = instruction?.keyword.raw === instruction?.keyword.raw.toLowerCase();
  const label = lower ? 'as' : 'AS';
  const named = document.text.slice(word.end).match(/^[ \t]*\S/) !== null;
  return [
    {
      label,
      kind: 'keyword',
      span: word,
      insert: named ? label : `${label} \${1:name}`,
      snippet: !named,
      detail: t('name of the stage'),
    },
  ];
}

/** Named stages above the one that the cursor is in, the nearest first. */
export function stagesBefore({ document, offset }: Place, span: Span): readonly Completion[] {
  const { stages } = document.model;
  const own = stages.findLast(({ from }) => from.span.start < offset);
  return stages
    .filter(({ index, name }) => name !== undefined && index < (own?.index ?? 0))
    .toReversed()
    .map((stage) => ({
      label: stage.name ?? '',
      kind: 'stage',
      span,
      insert: stage.name ?? '',
      snippet: false,
      detail: origin(stage),
    }));
}

function origin({ image, index }: Stage): string {
  return image === undefined ? t('stage {0}', index) : t('stage {0} from {1}', index, image);
}
