/** Registers all commands, determines what they act on, and handles their failures. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  hasRowCommand,
  rowSuffix,
  type Command,
  type RegisteredCommand,
} from '../commands/command.ts';
import type { Tools } from '../ui/tools.ts';
import { candidates, choicesOf, uniqueItems, targetsOf } from '../commands/subjects.ts';
import type { Item, View } from '../explorer/item.ts';
import { isConnectionError } from '../engine/errors.ts';
import { showFailure } from './failure-notification.ts';
import type { Log } from './log.ts';
import { Row } from './rows.ts';

export interface CommandsOptions {
  readonly commands: readonly RegisteredCommand[];
  readonly tools: Tools;
  readonly views: readonly View[];
  /** The selected rows of a view. */
  readonly selection: (view: string) => readonly Item[];
  /** Called when a command fails because of the connection. */
  readonly onConnectionLost: () => void;
  readonly log: Log;
}

/** Every command, as `drydock.<id>`. */
export function registerCommands(options: CommandsOptions): readonly vscode.Disposable[] {
  return options.commands.flatMap(({ id, command }) =>
    [id, command.formerId ?? [], hasRowCommand(command) ? `${id}${rowSuffix}` : []]
      .flat()
      .map((one) =>
        vscode.commands.registerCommand(`drydock.${one}`, (...args: unknown[]) =>
          run(command, args, options),
        ),
      ),
  );
}

/** Runs work that the user has started, and shows why it failed. */
export async function reportFailure(
  title: string,
  { log, onConnectionLost }: Pick<CommandsOptions, 'log' | 'onConnectionLost'>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isConnectionError(error)) onConnectionLost();
    await showFailure(error, title, log);
  }
}

async function run(command: Command, args: readonly unknown[], options: CommandsOptions) {
  const title = actionName(command);
  await reportFailure(title, options, async () => {
    if (command.trusted && !vscode.workspace.isTrusted) {
      await options.tools.editor.showInformation(t('{0} requires a trusted workspace.', title));
      return;
    }
    const files = filesOf(args);
    if (files === undefined) {
      await options.tools.editor.showInformation(t('{0} requires files on disk.', title));
      return;
    }
    const subjects = await subjectsOf(command, args, options);
    if (subjects === undefined) return;
    // `accepts` has checked the kind of the subjects; the type checker cannot know that for a list of commands.
    await command.run(subjects as Parameters<Command['run']>[0], options.tools, {
      paths: files,
      ...stageOf(args),
      groups: groupsOf(args, command, options),
    });
  });
}

/** The title as it is used in sentences: without the ellipsis of the menu. */
function actionName({ title }: Command): string {
  return t(title).replace(/\u2026$/, '');
}

/** The paths that the explorer or the editor passes; undefined if one of them is not a local file. */
function filesOf([first, all]: readonly unknown[]): readonly string[] | undefined {
  if (!(first instanceof vscode.Uri)) return [];
  const uris = Array.isArray(all) && all.every((uri) => uri instanceof vscode.Uri) ? all : [first];
  if (uris.some(({ scheme }) => scheme !== 'file')) return undefined;
  return (uris.length === 0 ? [first] : uris).map(({ fsPath }) => fsPath);
}

/** The stage that a code lens passes in addition to the file. */
function stageOf([, argument]: readonly unknown[]): { readonly stage?: string } {
  if (typeof argument !== 'object' || argument === null || !('stage' in argument)) return {};
  return typeof argument.stage === 'string' ? { stage: argument.stage } : {};
}

/** The ids of the selected groups. */
function groupsOf(
  args: readonly unknown[],
  command: Command,
  options: CommandsOptions,
): readonly string[] {
  return (rowsOf(args, command, options) ?? [])
    .filter(({ subject }) => subject === undefined)
    .map(({ id }) => id);
}

/** The objects that the command acts on: those of the passed rows, of the selected rows, or picked ones. */
async function subjectsOf(
  command: Command,
  args: readonly unknown[],
  options: CommandsOptions,
): Promise<readonly unknown[] | undefined> {
  const [first] = args;
  if (command.on === undefined || first instanceof vscode.Uri) return [];
  if (isSubject(first)) return [first.subject];
  const rows = rowsOf(args, command, options);
  // VS Code passes no row if the list was redrawn between hovering over a button and clicking it.
  const rowIsGone = args.length > 0;
  if (rows === undefined && !rowIsGone && command.choosesItself) return [];
  const items =
    rows === undefined ? await pickItems(command, options, rowIsGone) : targetsOf(rows, command);
  if (items === undefined || items.length === 0) return undefined;
  return items.map(({ subject }) => subject?.value);
}

function rowsOf(
  [first, all]: readonly unknown[],
  command: Command,
  { selection }: CommandsOptions,
): readonly Item[] | undefined {
  if (isSelection(first)) {
    const selected = selection(first.selectionOf);
    return first.rowsOnly === true ? selected.filter(({ subject }) => subject) : selected;
  }
  if (!(first instanceof Row)) return undefined;
  const rows = Array.isArray(all) ? all.filter((row) => row instanceof Row) : [];
  return (rows.length === 0 || command.single ? [first] : rows).map(({ item }) => item);
}

/** The argument of other parts of the extension that have the object, but no row. */
function isSubject(argument: unknown): argument is { readonly subject: object } {
  return typeof argument === 'object' && argument !== null && 'subject' in argument;
}

/**
 * The argument of keyboard shortcuts: they pass no row, only the view that has the focus, and whether groups are left out.
 */
function isSelection(
  argument: unknown,
): argument is { readonly selectionOf: string; readonly rowsOnly?: boolean } {
  return typeof argument === 'object' && argument !== null && 'selectionOf' in argument;
}

async function pickItems(
  command: Command,
  { views, tools }: CommandsOptions,
  rowIsGone: boolean,
): Promise<readonly Item[] | undefined> {
  const title = actionName(command);
  const view = views.find(({ subjectKind }) => subjectKind === command.on);
  if (view === undefined) return undefined;
  const rows = view.source === 'files' ? await view.read() : await view.read(await tools.engine());
  const choices = choicesOf(uniqueItems(candidates(rows(new Date()), command)));
  if (choices.length === 0) {
    await tools.editor.showInformation(t('Nothing available for {0}.', title));
    return undefined;
  }
  const note = rowIsGone ? t('the list has changed; select again') : undefined;
  if (command.single !== true) return tools.editor.pickSome(title, choices, note);
  const one = await tools.editor.pick(title, choices, note);
  return one === undefined ? undefined : [one];
}
