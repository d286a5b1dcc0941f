/** Copies with their questions, progress and messages: for commands, and for what is dropped on rows. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';
import { parentOf } from '../engine/files/names.ts';
import { attempt } from '../ui/attempt.ts';
import type { Editor } from '../ui/editor.ts';
import { formatNames } from '../ui/name-list.ts';
import { baseName } from '../ui/paths.ts';
import type { Tools } from '../ui/tools.ts';
import { copyAcrossAll } from './copy-across.ts';
import { copyIn } from './copy-in.ts';
import { copyOutAll } from './copy-out.ts';
import { cancelledError, type CopyOptions, type CopyResult } from './copy-task.ts';
import { confirmOverwrite, formatTransferred, reportCopied } from './messages.ts';
import { withMemoryMounts } from './memory-mounts.ts';
import {
  askForSource,
  askForTarget,
  chosenOwner,
  fileRefIn,
  type CopyPlace,
  type CopyTarget,
} from './targets.ts';

/** Files on this machine that are copied into a container; the directory is asked for if it is not given. */
export async function copyFilesIn(
  tools: Tools,
  container: CopyPlace,
  { sources, directory }: { readonly sources: readonly string[]; readonly directory?: string },
): Promise<void> {
  if (sources.length === 0) return;
  const { engine: connected, editor } = tools;
  const engine = withMemoryMounts(await connected());
  const names = formatNames(sources.map(baseName));
  const title = t('Copy {0} to {1}', names, container.name);
  const target = await targetOf(editor, engine, { container, directory, title });
  if (target === undefined) return;
  const { path, owner } = target;
  const request = { container: container.id, sources, target: path, ...(owner && { owner }) };
  const placed: Placed[] = [];
  const copied = await withMessages(editor, {
    progress: t('Copying {0} to {1}', names, container.name),
    failure: t('Could not copy {0} to {1}', names, container.name),
    place: container.name,
    copy: (options) => copyIn(engine, request, { ...options, placed: noting(placed) }),
  });
  const actions = actionsInContainer(tools, container, placed);
  await reportCopied(editor, copied, `${container.name}:${path}`, actions);
  await reloadRows(tools, container, placed);
}

/** Files or directories in a container that are copied to this machine; what is not given is asked for. */
export async function copyFilesOut(
  { engine: connected, editor }: Tools,
  container: CopyPlace,
  { paths: given, folder }: { readonly paths?: readonly string[]; readonly folder?: string } = {},
): Promise<void> {
  const engine = withMemoryMounts(await connected());
  const { id, name } = container;
  const title = t('Copy Files from {0}', name);
  const asked = given ?? (await askForSource(editor, engine, { container, title }));
  if (asked === undefined) return;
  const paths = typeof asked === 'string' ? [asked] : asked;
  const shown = formatNames(paths);
  const target = folder ?? (await editor.chooseFolder(t('Select Destination Folder for {0}', shown))); // prettier-ignore
  if (target === undefined) return;
  const placed: Placed[] = [];
  const copied = await withMessages(editor, {
    progress: t('Copying {0} from {1}', shown, name),
    failure: t('Could not copy {0} from {1}', shown, name),
    place: target,
    copy: (options) => {
      const requests = paths.map((path) => ({ container: id, path, target }));
      return copyOutAll(engine, requests, { ...options, placed: noting(placed) });
    },
  });
  const [first] = placed;
  await reportCopied(editor, copied, target, {
    ...(first && placed.length === 1 && !first.isDirectory && { [t('Open')]: () => editor.openFile(first.path) }), // prettier-ignore
    ...(first && { [t('Reveal in Explorer')]: () => editor.revealInExplorer(first.path) }),
  });
}

/** Files or directories of a container that are copied to another; what is not given is asked for. */
export async function copyFilesAcross(
  tools: Tools,
  from: CopyPlace,
  { paths: given, to: other, directory }: { readonly paths?: readonly string[]; readonly to?: CopyPlace; readonly directory?: string } = {}, // prettier-ignore
): Promise<void> {
  const { engine: connected, editor } = tools;
  const engine = withMemoryMounts(await connected());
  const title = t('Copy Files from {0}', from.name);
  const asked = given ?? (await askForSource(editor, engine, { container: from, title }));
  if (asked === undefined) return;
  const paths = typeof asked === 'string' ? [asked] : asked;
  const shown = formatNames(paths);
  const to = other ?? (await askForContainer(editor, engine, shown));
  if (to === undefined) return;
  const heading = t('Copy {0} to {1}', shown, to.name);
  const target = await targetOf(editor, engine, { container: to, directory, title: heading });
  if (target === undefined) return;
  const { path, owner } = target;
  const placed: Placed[] = [];
  const copied = await withMessages(editor, {
    progress: t('Copying {0} to {1}', shown, to.name),
    failure: t('Could not copy {0} to {1}', shown, to.name),
    place: to.name,
    copy: (options) => {
      const requests = paths.map((source) => ({
        from: { container: from.id, path: source },
        to: { container: to.id, target: path },
        ...(owner && { owner }),
      }));
      return copyAcrossAll(engine, requests, { ...options, placed: noting(placed) });
    },
  });
  const actions = actionsInContainer(tools, to, placed);
  await reportCopied(editor, copied, `${to.name}:${path}`, actions);
  await reloadRows(tools, to, placed);
}

/** Where a source is after it was copied. */
interface Placed {
  readonly path: string;
  readonly isDirectory: boolean;
}

function noting(placed: Placed[]): NonNullable<CopyOptions['placed']> {
  return (path, isDirectory) => void placed.push({ path, isDirectory });
}

/** What can be done with files that were copied into a container: a single file is opened, others are shown as rows. */
function actionsInContainer(
  { editor, files }: Tools,
  container: CopyPlace,
  placed: readonly Placed[],
): Readonly<Record<string, () => Promise<void>>> {
  const [first] = placed;
  if (first === undefined) return {};
  const ref = fileRefIn(container, first.path);
  const isFile = placed.length === 1 && !first.isDirectory;
  return {
    ...(isFile && { [t('Open')]: async () => editor.openResource(await (await files()).uriPath(ref)) }), // prettier-ignore
    [t('Reveal in Side Bar')]: () => editor.revealFile(ref),
  };
}

/** Reads the rows of the directories again into which files were copied. */
async function reloadRows(
  { files }: Tools,
  container: CopyPlace,
  placed: readonly Placed[],
): Promise<void> {
  if (placed.length === 0) return;
  const session = await files();
  const refs = placed.map(({ path }) => fileRefIn(container, path));
  const directories = new Map(refs.map(({ place, path }) => [parentOf(path), place]));
  for (const [path, place] of directories) session.announce({ place, path });
}

async function targetOf(
  editor: Editor,
  engine: Engine,
  { container, directory, title }: { readonly container: CopyPlace; readonly directory: string | undefined; readonly title: string }, // prettier-ignore
): Promise<CopyTarget | undefined> {
  if (directory === undefined) return askForTarget(editor, engine, { container, title });
  return { path: directory, owner: await chosenOwner(editor, engine, container) };
}

async function askForContainer(
  editor: Editor,
  engine: Engine,
  shown: string,
): Promise<Container | undefined> {
  const choices = engine.containers().then((all) =>
    all.map((container) => ({
      label: container.name,
      description: container.image,
      icon: container.state === 'running' ? 'vm-running' : 'vm',
      value: container,
    })),
  );
  return editor.pick(t('Copy {0} to Which Container?', shown), choices);
}

interface Work {
  readonly progress: string;
  /** What could not be done if it fails. */
  readonly failure: string;
  /** Where files are overwritten. */
  readonly place: string;
  readonly copy: (options: CopyOptions) => Promise<CopyResult>;
}

/** Says what a cancelled copy has left; nothing if it has left nothing. */
async function withMessages(
  editor: Editor,
  { progress, failure, place, copy }: Work,
): Promise<CopyResult> {
  try {
    return await editor.withProgress(progress, (signal, report) =>
      attempt(failure, () =>
        copy({
          signal,
          report: (...transferred) => report(...formatTransferred(...transferred)),
          confirmOverwrite: (paths, details) =>
            confirmOverwrite(editor, { paths, details, target: place }),
        }),
      ),
    );
  } catch (error) {
    if (
      isEngineError(error) &&
      error.kind === 'cancelled' &&
      error.message !== cancelledError().message
    )
      // prettier-ignore
      void editor.showWarning(error.message);
    throw error;
  }
}
