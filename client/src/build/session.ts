/** Builds an image from a Dockerfile: what is asked for it, and the build in a terminal. */
import { t } from '@vscode/l10n';
import { contextOf } from './context.ts';
import { progress } from './progress.ts';
import type { BuildEvent, Engine } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/errors.ts';
import type { Files, Tools } from '../ui/tools.ts';
import type { Choice, Editor } from '../ui/editor.ts';
import { below, folderOf, nameOf } from '../ui/paths.ts';
import { referenceTrouble, withTag } from '../registry/image-reference.ts';

export interface Built {
  readonly tag: string;
  readonly milliseconds: number;
}

/** Asks what is not known: which file, which folder, which name. Undefined where the person gave up. */
export async function buildImage(
  tools: Tools,
  { paths, stage }: Files,
): Promise<Built | undefined> {
  const { editor } = tools;
  const dockerfile = paths[0] ?? (await chosenDockerfile(editor));
  if (dockerfile === undefined) return undefined;
  const folder = await chosenContext(editor, dockerfile);
  if (folder === undefined) return undefined;
  const tag = await chosenTag(editor, dockerfile, stage);
  if (tag === undefined) return undefined;
  await editor.save(dockerfile);
  const order = { dockerfile, folder, tag, ...(stage !== undefined && { stage }) };
  return { tag, milliseconds: await build(tools, order) };
}

interface Order {
  /** Absolute paths of this machine. */
  readonly dockerfile: string;
  readonly folder: string;
  readonly tag: string;
  /** The last one where it is left out. */
  readonly stage?: string;
}

async function chosenDockerfile(editor: Editor): Promise<string | undefined> {
  const [first, ...others] = activeFirst(await editor.dockerfiles(), editor.activeFile());
  if (first === undefined) {
    await editor.tell(t('There is no Dockerfile in this workspace.'));
    return undefined;
  }
  if (others.length === 0) return first;
  return editor.pick(
    t('Build Image: which Dockerfile?'),
    [first, ...others].map((path): Choice<string> => {
      const folder = below(editor.workspaceFolder(path), folderOf(path));
      return { label: nameOf(path), description: folder, value: path };
    }),
  );
}

function activeFirst(paths: readonly string[], active: string | undefined): readonly string[] {
  return active !== undefined && paths.includes(active)
    ? [active, ...paths.filter((path) => path !== active)]
    : paths;
}

/** The Dockerfile's own folder, or the workspace folder around it. */
async function chosenContext(editor: Editor, dockerfile: string): Promise<string | undefined> {
  const own = folderOf(dockerfile);
  const around = editor.workspaceFolder(dockerfile);
  if (around === undefined || around === own) return own;
  const key = `build.context:${dockerfile}`;
  const last = editor.recall(key);
  const choices: readonly Choice<string>[] = [
    { label: below(folderOf(around), own), detail: t('The folder of the Dockerfile'), value: own },
    { label: nameOf(around), detail: t('The whole workspace folder'), value: around },
  ];
  const folder = await editor.pick(
    t('Build Image: which folder does it copy from?'),
    [...choices].sort((a, b) => Number(b.value === last) - Number(a.value === last)),
  );
  if (folder !== undefined) await editor.remember(key, folder);
  return folder;
}

async function chosenTag(
  editor: Editor,
  dockerfile: string,
  stage: string | undefined,
): Promise<string | undefined> {
  const key = `build.tag:${dockerfile}${stage === undefined ? '' : `#${stage}`}`;
  const typed = await editor.ask(t('Build Image: which name?'), {
    value: editor.recall(key) ?? `${usualName(dockerfile)}:${stage?.toLowerCase() ?? 'dev'}`,
    prompt: t('Name of the image that is built from {0}', nameOf(dockerfile)),
    check: referenceTrouble,
    note: (text) => (withTag(text) === text.trim() ? undefined : t('Builds {0}', withTag(text))),
  });
  if (typed === undefined) return undefined;
  const tag = withTag(typed);
  await editor.remember(key, tag);
  return tag;
}

/** After the folder, as people mostly name their images. */
function usualName(dockerfile: string): string {
  const name = nameOf(folderOf(dockerfile))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'image' : name;
}

/** Builds in a terminal whose closing cancels; the milliseconds it took. */
async function build(tools: Tools, order: Order): Promise<number> {
  const engine = await tools.engine();
  const begun = Date.now();
  await new Promise<void>((resolve, reject) => {
    tools.editor.printout(t('Build {0}', order.tag), 'package', async (print, signal) => {
      try {
        await follow(engine, order, { print, signal });
        resolve();
      } catch (error) {
        reject(signal.aborted ? new EngineError('cancelled', t('Cancelled')) : asError(error));
      }
    });
  });
  return Date.now() - begun;
}

async function follow(
  engine: Engine,
  { dockerfile, folder, tag, stage }: Order,
  { print, signal }: { readonly print: (text: string) => void; readonly signal: AbortSignal },
): Promise<void> {
  const text = progress();
  let failed: Extract<BuildEvent, { kind: 'step' }> | undefined;
  try {
    const context = await contextOf(folder, dockerfile);
    const options = {
      dockerfile: context.dockerfile,
      tags: [tag],
      ...(stage !== undefined && { target: stage }),
    };
    for await (const event of engine.build(context.tar, options, signal)) {
      if (event.kind === 'step' && event.state === 'failed') failed = event;
      print(text(event));
    }
  } catch (error) {
    if (signal.aborted) print(`\n${t('Cancelled. No image was made.')}\n`);
    if (!isEngineError(error) || error.kind !== 'failed') throw error;
    if (failed === undefined) print(`\n${error.message}\n`);
    throw new EngineError('failed', sentence(tag, failed?.name, error.message), error);
  }
}

/** One sentence: what was not built, at which step, why. */
function sentence(tag: string, step: string | undefined, fact: string): string {
  const why = fact.split('\n').find((line) => line.trim() !== '') ?? fact;
  return step === undefined
    ? t('{0} was not built: {1}', tag, why)
    : t('{0} was not built: “{1}” failed: {2}', tag, step, why);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
