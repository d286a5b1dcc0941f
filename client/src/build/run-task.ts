/** Builds the task of a tasks.json, with its output as text. */
import { t } from '@vscode/l10n';
import { lineContext } from '../command-line/machine.ts';
import { isEngineError } from '../engine/errors.ts';
import type { Tools } from '../ui/tools.ts';
import { createProgressFormatter } from './progress.ts';
import { propose } from './propose.ts';
import { optionsWithoutEffect } from './request.ts';
import { prepareBuild, writeResults } from './start.ts';
import { definitionOf, specOfTask, type TaskDefinition } from './task.ts';

export interface TaskRun {
  readonly definition: TaskDefinition;
  /** The folder of the tasks.json; relative paths start there. */
  readonly folder: string | undefined;
  readonly print: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Resolves to the exit code: 0 built, 1 the build failed, 2 the task cannot be built. Never rejects. */
export async function runBuildTask(tools: Tools, run: TaskRun): Promise<number> {
  const { print, signal } = run;
  const order = { spec: specOfTask(run.definition), context: lineContext(run.folder) };
  try {
    const prepared = await prepareBuild(tools.editor, order);
    if (prepared === undefined) return 2;
    for (const name of optionsWithoutEffect(order.spec)) {
      print(`${t('{0} has no effect in a task of Drydock.', name)}\n`);
    }
    const engine = await tools.engine();
    const text = createProgressFormatter();
    const startedAt = Date.now();
    let imageId: string | undefined;
    for await (const event of engine.build(prepared.request, signal)) {
      if (event.kind === 'image') imageId = event.id;
      print(text(event));
    }
    const result = {
      milliseconds: Date.now() - startedAt,
      ...(imageId !== undefined && { imageId }),
    };
    await writeResults(order, { request: prepared.request, result });
    return 0;
  } catch (error) {
    print(`\n${signal.aborted ? t('Cancelled. No image was created.') : messageOf(error)}\n`);
    return isEngineError(error) && error.kind === 'failed' ? 1 : 2;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The tasks that are offered without a tasks.json: one for each Dockerfile of a folder. */
export async function proposedTasks(
  tools: Tools,
  folder: string,
): Promise<readonly { readonly label: string; readonly definition: TaskDefinition }[]> {
  const all = await tools.editor.findDockerfiles();
  const own = all.filter((path) => tools.editor.workspaceFolderOf(path) === folder);
  return Promise.all(
    own.slice(0, mostTasks).map(async (dockerfile) => {
      const { spec } = await propose(dockerfile, { folder, others: all });
      const label = t('Build {0}', spec.options.tag?.[0] ?? dockerfile);
      const definition = definitionOf(spec, { folder, context: lineContext(folder) });
      return { label, definition };
    }),
  );
}

/** Each is a line in the list of tasks. */
const mostTasks = 30;
