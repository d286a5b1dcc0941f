import type { Stage } from '../../model/model.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import type { Outside } from '../outside.ts';
import { stageMarkdown } from '../stage-facts.ts';
import { images } from './images.ts';
import { fits, plain, type Completion } from './item.ts';
import { atKeyword, wordsBefore, type Place } from './place.ts';

/** In FROM: earlier stages and images. */
export async function bases(place: Place, outside: Outside): Promise<readonly Completion[]> {
  const { instruction, typed, word, inComment } = place;
  if (instruction?.kind !== 'FROM' || inComment || atKeyword(place)) return [];
  const before = wordsBefore(place);
  if (before === 1) return asKeyword(place);
  if (before === 2) return stageNames(place);
  if (before > 2 || typed.startsWith('-')) return [];
  const found = windowsFirst(place, await images(typed, word, outside));
  if (/[:$]/.test(typed)) return found;
  const scratch = plain('scratch', word, {
    kind: 'image',
    detail: t('empty image, for self-contained programs'),
  });
  return [...stagesBefore(place, word), ...found, scratch];
}

/** A backtick as escape character means that the images are those of Windows. */
function windowsFirst({ document }: Place, found: readonly Completion[]): readonly Completion[] {
  if (document.tree.escape !== '`') return found;
  const isWindows = ({ label }: Completion): boolean => /windows|\/dotnet\/|powershell/.test(label);
  return [...found.filter(isWindows), ...found.filter((one) => !isWindows(one))];
}

/** Sources of files for COPY and mounts: earlier stages and images. */
export async function sources(
  place: Place,
  span: Span,
  outside: Outside,
): Promise<readonly Completion[]> {
  const typed = place.document.text.slice(span.start, span.end);
  const found = await images(typed, span, outside);
  if (typed.includes(':')) return found;
  // In a mount, a number is taken for an image name.
  const unnamed = place.instruction?.kind === 'RUN' ? [] : unnamedBefore(place, span);
  return [...stagesBefore(place, span), ...unnamed, ...found];
}

function asKeyword({ document, instruction, word, typed }: Place): readonly Completion[] {
  if (!/^[A-Za-z]{0,2}$/.test(typed)) return [];
  const lower = instruction?.keyword.raw === instruction?.keyword.raw.toLowerCase();
  const label = lower ? 'as' : 'AS';
  const hasName = document.text.slice(word.end).match(/^[ \t]*\S/) !== null;
  return [
    {
      label,
      kind: 'keyword',
      span: word,
      insert: hasName ? label : `${label} \${1:name}`,
      snippet: !hasName,
      detail: t('stage name'),
    },
  ];
}

/** Common stage names that are not in use. */
function stageNames({ document, instruction, word }: Place): readonly Completion[] {
  if (instruction?.kind !== 'FROM' || instruction.as?.span.start === word.start) return [];
  const usedNames = new Set(document.model.stages.map(({ name }) => name));
  return [
    'base',
    'builder',
    'build',
    'deps',
    'test',
    'dev',
    'runtime',
    'final',
    'production',
    'release',
  ]
    .filter((name) => !usedNames.has(name))
    .map((name) => plain(name, word, { kind: 'stage' }));
}

/** Named stages before the current one, nearest first. */
export function stagesBefore(place: Place, span: Span): readonly Completion[] {
  return stagesAbove(place, span, ({ name }) => name);
}

/** Unnamed stages, by number. */
function unnamedBefore(place: Place, span: Span): readonly Completion[] {
  return stagesAbove(place, span, ({ name, index }) =>
    name === undefined ? String(index) : undefined,
  );
}

/** The stages above that have a label. Of several with the same one, only the nearest is meant by it. */
function stagesAbove(
  place: Place,
  span: Span,
  labelOf: (stage: Stage) => string | undefined,
): readonly Completion[] {
  const { document, offset } = place;
  const { stages } = document.model;
  const own = stages.findLast(({ from }) => from.span.start < offset)?.index ?? 0;
  const typed = own > mostStages ? document.text.slice(span.start, span.end).toLowerCase() : '';
  const found = new Map<string, Completion>();
  for (let index = own - 1; index >= 0 && found.size < mostStages; index--) {
    const stage = stages[index] as Stage;
    const label = labelOf(stage);
    if (label === undefined) continue;
    const key = label.toLowerCase();
    if (found.has(key) || !fits(key, typed)) continue;
    found.set(key, asCompletion(place, stage, { label, span }));
  }
  return [...found.values()];
}

/** From more stages, those that fit to what is typed are taken. No real file has nearly as many. */
const mostStages = 1000;

function asCompletion(
  { document }: Place,
  stage: Stage,
  { label, span }: { readonly label: string; readonly span: Span },
): Completion {
  return plain(label, span, {
    kind: 'stage',
    detail: origin(stage),
    markdown: () => stageMarkdown(document, stage),
  });
}

function origin({ image, index }: Stage): string {
  return image === undefined ? t('stage {0}', index) : t('stage {0} from {1}', index, image);
}
