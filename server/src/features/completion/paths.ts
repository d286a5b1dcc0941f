/** Paths for COPY, ADD and bind mounts, from the build context or from a stage. */
import type { Stage } from '../../model/model.ts';
import type { Copy } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import type { MountPart } from '../facts.ts';
import type { Entry, Outside } from '../outside.ts';
import { pathsOf } from '../stage-paths.ts';
import { plain, type Completion } from './item.ts';
import { atKeyword, wordsBefore, type Place } from './place.ts';
import { directories } from './words.ts';

/** Sources and, if possible, the destination of COPY and ADD. */
export async function paths(place: Place, outside: Outside): Promise<readonly Completion[]> {
  const { instruction, inComment, inHeredoc, word } = place;
  if (instruction?.kind !== 'COPY' && instruction?.kind !== 'ADD') return [];
  if (inComment || inHeredoc || atKeyword(place) || place.typed.startsWith('-')) return [];
  const quoteLength = /^["']?/.exec(place.typed)?.[0].length ?? 0;
  const span = { start: word.start + quoteLength, end: word.end };
  const last = !instruction.words.some(({ span: { start } }) => start > word.start);
  return copyPaths(place, { span, first: wordsBefore(place) === 0, last }, outside);
}

/** The position of an argument of COPY or ADD among the others. */
interface Argument {
  readonly span: Span;
  readonly first: boolean;
  readonly last: boolean;
}

/** A source or, after a source, the destination, in shell or JSON form. */
export async function copyPaths(
  place: Place,
  { span, first, last }: Argument,
  outside: Outside,
): Promise<readonly Completion[]> {
  const { instruction, document } = place;
  if (instruction?.kind !== 'COPY' && instruction?.kind !== 'ADD') return [];
  const typed = document.text.slice(span.start, span.end);
  if (/[$"'*?[\]\\]|<<|:\/\//.test(typed)) return [];
  const targets = first || !last ? [] : targetsOf(place, span);
  if (!first && typed.startsWith('/')) return targets;
  const sources = await sourcePaths(place, instruction, span, outside);
  // This stage and the one that is copied from may have the same directories.
  const offered = new Set(targets.map(({ label }) => label));
  const others = sources.filter(({ label }) => !offered.has(label));
  const ofStage = instruction.flags.some(({ name }) => name.text === 'from');
  return first && ofStage
    ? others.map((item) => ({ ...item, isExpected: true }))
    : [...targets, ...others];
}

async function sourcePaths(
  place: Place,
  copy: Copy,
  span: Span,
  outside: Outside,
): Promise<readonly Completion[]> {
  const stageName = copy.flags.find(({ name }) => name.text === 'from')?.value?.text;
  if (stageName === undefined) return inContext(place, span, outside);
  const own = place.document.model.stageOf(copy);
  return ofStage(place, place.document.model.stageNamed(stageName, own?.index), span);
}

/** The entries of a directory in the build context; ignored ones last. */
export async function inContext(
  { document, offset }: Place,
  { start, end }: Span,
  { context }: Outside,
): Promise<readonly Completion[]> {
  const typed = document.text.slice(start, end);
  const slash = typed.lastIndexOf('/') + 1;
  const directory = typed.slice(0, slash).replace(/^(?:\.?\/)+/, '');
  if (context === undefined || /(?:^|\/)\.\.(?:\/|$)/.test(directory)) return [];
  const copiedPaths = sourcesIn(document, offset);
  const entries = await context.list(document.uri, directory.replace(/\/+$/, ''), copiedPaths);
  const span = { start: start + slash, end };
  return entries.toSorted(compare).map((entry) => asCompletion(entry, span));
}

const byName = new Intl.Collator('en', { numeric: true });

function compare(a: Entry, b: Entry): number {
  return (
    Number(a.ignored) - Number(b.ignored) ||
    Number(a.name.startsWith('.')) - Number(b.name.startsWith('.')) ||
    Number(b.folder) - Number(a.folder) ||
    byName.compare(a.name, b.name)
  );
}

function asCompletion({ name, folder, ignored }: Entry, span: Span): Completion {
  const label = folder ? `${name}/` : name;
  return plain(label, span, {
    kind: folder ? 'folder' : 'path',
    ...(ignored && { detail: t('excluded by .dockerignore') }),
    ...(folder && { triggersCompletion: true }),
  });
}

/** They only show which directory is the build context. */
const enoughSources = 1000;

/** Plain paths that other instructions of the file copy from the build context. */
function sourcesIn({ model }: Place['document'], offset: number): readonly string[] {
  const found = new Set<string>();
  for (const { flags, sources, span } of model.each('COPY', 'ADD')) {
    if (span.start <= offset && offset <= span.end) continue;
    if (flags.some(({ name }) => name.text === 'from')) continue;
    for (const { text } of sources) if (/^[\w.][\w./-]*$/.test(text)) found.add(text);
    if (found.size >= enoughSources) break;
  }
  return [...found];
}

/** Known paths of a stage. */
export function ofStage(
  { document }: Place,
  stage: Stage | undefined,
  span: Span,
): readonly Completion[] {
  return pathsOf(document.model, stage).map((path) =>
    plain(path, span, {
      kind: path.endsWith('/') ? 'folder' : 'path',
      detail: t('in stage {0}', stage?.name ?? String(stage?.index ?? '')),
    }),
  );
}

/** Destinations: the working directory, and known directories. */
function targetsOf(place: Place, span: Span): readonly Completion[] {
  const { document, instruction } = place;
  const workdir = instruction && document.model.stateAt(instruction).workdir;
  const here = plain('./', span, {
    kind: 'folder',
    detail: workdir ?? t('working directory'),
  });
  const [source] = instruction?.kind === 'COPY' ? instruction.sources : [];
  const ofStage = instruction?.flags.some(({ name }) => name.text === 'from') === true;
  // Output of another stage is usually copied to the same path.
  const same = ofStage && source?.text.startsWith('/') === true ? [source.text] : [];
  const known = directories(place, span).map((item) => ({
    ...item,
    label: `${item.label}/`,
    insert: `${item.insert}/`,
  }));
  return [
    here,
    ...same.map((path) =>
      plain(path, span, { kind: 'path', detail: t('same path as the source') }),
    ),
    ...known,
  ];
}

/** Completions for `source=` of a bind mount. */
export function mountSource(
  place: Place,
  others: readonly MountPart[],
  span: Span,
  outside: Outside,
): Promise<readonly Completion[]> | readonly Completion[] {
  const stageName = others.find(({ key }) => key === 'from')?.value;
  if (stageName === undefined) return inContext(place, span, outside);
  const { model } = place.document;
  const own = place.instruction && model.stageOf(place.instruction);
  return ofStage(place, model.stageNamed(stageName, own?.index), span);
}
