/** Files for an array: files of the stage and of the build context that a program can run. */
import type { StartCommand } from '../../reference/start-commands.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import type { Outside } from '../outside.ts';
import type { Startable } from '../startable.ts';
import { plain, type Completion, type Extras } from './item.ts';
import { inContext } from './paths.ts';
import type { Place } from './place.ts';

interface FileQuery {
  readonly commands: readonly StartCommand[];
  readonly available: Startable;
  readonly span: Span;
}

/**
 * Files that the programs run: files copied by name, then files of a build context that is copied as a whole; common
 * names first.
 */
export async function filesFor(
  place: Place,
  { commands, available, span }: FileQuery,
  outside: Outside,
): Promise<readonly Completion[]> {
  const ends = commands.flatMap(({ files }) => files?.extensions ?? []);
  if (ends.length === 0) return [];
  const canRun = (name: string): boolean => ends.some((end) => name.endsWith(end));
  const copied = available.files.filter(canRun).map((path) => plain(path, span, inStage()));
  const below = copiesAll(place) ? await inContext(place, span, outside) : [];
  const usual = new Set(commands.map(({ files }) => files?.commonName));
  return [
    ...copied,
    ...below.filter(({ label, detail }) => canRun(label) && detail === undefined),
  ].toSorted((a, b) => Number(usual.has(b.label)) - Number(usual.has(a.label)));
}

/** Whether the stage copies the whole build context to its working directory. */
function copiesAll({ document: { model }, instruction }: Place): boolean {
  const stage = instruction && model.stageOf(instruction);
  return (stage?.instructions ?? []).some(
    (one) =>
      (one.kind === 'COPY' || one.kind === 'ADD') &&
      one.sources.some(({ text }) => text === '.' || text === './') &&
      !one.flags.some(({ name }) => name.text === 'from'),
  );
}

/** What is shown with a file that an earlier instruction of the stage adds. */
export function inStage(): Extras {
  return { kind: 'path', detail: t('in this stage') };
}
