/** Tasks of type `drydock-build`. Their code is loaded when a task is listed or run. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Tools } from '../ui/tools.ts';

/** What runs and proposes tasks. */
export interface BuildTasks {
  readonly runBuildTask: (
    tools: Tools,
    run: {
      readonly definition: vscode.TaskDefinition;
      readonly folder: string | undefined;
      readonly print: (text: string) => void;
      readonly signal: AbortSignal;
    },
  ) => Promise<number>;
  readonly proposedTasks: (
    tools: Tools,
    folder: string,
  ) => Promise<readonly { readonly label: string; readonly definition: vscode.TaskDefinition }[]>;
}

const taskType = 'drydock-build';

/** Registers the tasks until it is disposed. */
export function registerBuildTasks(
  tools: Tools,
  load: () => Promise<BuildTasks>,
): vscode.Disposable {
  const provider: vscode.TaskProvider = {
    provideTasks: async () => {
      const folders = (vscode.workspace.workspaceFolders ?? []).filter(
        ({ uri }) => uri.scheme === 'file',
      );
      const { proposedTasks } = await load();
      const all = await Promise.all(
        folders.map(async (folder) =>
          (await proposedTasks(tools, folder.uri.fsPath)).map(({ label, definition }) =>
            taskOf({ ...definition, type: taskType }, { scope: folder, name: label }, tools, load),
          ),
        ),
      );
      return all.flat();
    },
    resolveTask: ({ definition, scope, name }) =>
      taskOf(definition, { scope: scope ?? vscode.TaskScope.Workspace, name }, tools, load),
  };
  return vscode.tasks.registerTaskProvider(taskType, provider);
}

function taskOf(
  definition: vscode.TaskDefinition,
  { scope, name }: { readonly scope: vscode.Task['scope']; readonly name: string },
  tools: Tools,
  load: () => Promise<BuildTasks>,
): vscode.Task {
  const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
  const path = folder?.uri.scheme === 'file' ? folder.uri.fsPath : undefined;
  // The definition that the execution gets has the values of variables such as `${workspaceFolder}`.
  const execution = new vscode.CustomExecution((resolved) =>
    Promise.resolve(terminalOf(tools, { load, definition: resolved, folder: path })),
  );
  const task = new vscode.Task(
    definition,
    scope ?? vscode.TaskScope.Workspace,
    name,
    'drydock',
    execution,
  );
  task.group = vscode.TaskGroup.Build;
  return task;
}

interface TaskPlace {
  readonly load: () => Promise<BuildTasks>;
  readonly definition: vscode.TaskDefinition;
  readonly folder: string | undefined;
}

function terminalOf(tools: Tools, { load, definition, folder }: TaskPlace): vscode.Pseudoterminal {
  const output = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number>();
  const controller = new AbortController();
  const print = (text: string): void => output.fire(text.replace(/\r?\n/g, '\r\n'));
  const run = async (): Promise<number> => {
    if (!vscode.workspace.isTrusted) {
      print(`${t('{0} requires a trusted workspace.', t('Build Image'))}\n`);
      return 2;
    }
    const { runBuildTask } = await load();
    return runBuildTask(tools, { definition, folder, print, signal: controller.signal });
  };
  return {
    onDidWrite: output.event,
    onDidClose: closed.event,
    open: () => void run().then((code) => closed.fire(code)),
    close: () => controller.abort(),
    handleInput: (data) => {
      if (data === '\u0003') controller.abort();
    },
  };
}
