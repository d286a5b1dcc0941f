/** Registers every command of the barrel; finds out what it shall act on; guards it. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Command, RegisteredCommand } from '../commands/command.ts';
import type { Tools } from '../ui/tools.ts';
import { candidates, choicesOf, distinct, meant } from '../commands/subjects.ts';
import type { Item, View } from '../explorer/item.ts';
import { isConnectionTrouble } from '../engine/errors.ts';
import { tellFailure } from './failure-notification.ts';
import type { Log } from './log.ts';
import { Row } from './rows.ts';

export interface CommandsOptions {
  readonly commands: readonly RegisteredCommand[];
  readonly tools: Tools;
  readonly views: readonly View[];
  /** Rows that are selected in a view. */
  readonly selection: (view: string) => readonly Item[];
  /** The connection is not what it was. */
  lost(): void;
  readonly log: Log;
}

/** Every command, as `drydock.<id>`. */
export function registerCommands(options: CommandsOptions): readonly vscode.Disposable[] {
  return options.commands.map(({ id, command }) =>
    vscode.commands.registerCommand(`drydock.${id}`, (...args: unknown[]) =>
      run(command, args, options),
    ),
  );
}

async function run(command: Command, args: readonly unknown[], options: CommandsOptions) {
  const title = t(command.title);
  try {
    if (command.trusted && !vscode.workspace.isTrusted) {
      await options.tools.editor.tell(t('“{0}” waits until this folder is trusted.', title));
      return;
    }
    const files = filesOf(args);
    if (files === undefined) {
      await options.tools.editor.tell(t('“{0}” needs files on a disk.', title));
      return;
    }
    const subjects = await subjectsOf(command, args, options);
    if (subjects === undefined) return;
    // Kind and subjects have been matched in `fits`; the compiler cannot follow a registry.
    await command.run(subjects as Parameters<Command['run']>[0], options.tools, {
      paths: files,
      ...stageOf(args),
    });
  } catch (error) {
    if (isConnectionTrouble(error)) options.lost();
    await tellFailure(error, title, options.log);
  }
}

/** Paths that the explorer or the editor hands over; undefined where one is not on a disk. */
function filesOf([first, all]: readonly unknown[]): readonly string[] | undefined {
  if (!(first instanceof vscode.Uri)) return [];
  const uris = Array.isArray(all) && all.every((uri) => uri instanceof vscode.Uri) ? all : [first];
  if (uris.some(({ scheme }) => scheme !== 'file')) return undefined;
  return (uris.length === 0 ? [first] : uris).map(({ fsPath }) => fsPath);
}

/** What a code lens hands over beside its file. */
function stageOf([, given]: readonly unknown[]): { readonly stage?: string } {
  if (typeof given !== 'object' || given === null || !('stage' in given)) return {};
  return typeof given.stage === 'string' ? { stage: given.stage } : {};
}

/** What the command acts on: the rows given, those selected, or what is picked. */
async function subjectsOf(
  command: Command,
  args: readonly unknown[],
  options: CommandsOptions,
): Promise<readonly unknown[] | undefined> {
  if (command.on === undefined) return [];
  const rows = rowsOf(args, options);
  // VS Code hands over no row where its list was drawn anew between the pointing and the click.
  const isLost = args.length > 0;
  const items = rows === undefined ? await picked(command, options, isLost) : meant(rows, command);
  if (items === undefined || items.length === 0) return undefined;
  return items.map(({ subject }) => subject?.value);
}

function rowsOf(
  [first, all]: readonly unknown[],
  { selection }: CommandsOptions,
): readonly Item[] | undefined {
  if (isSelection(first)) return selection(first.selectionOf);
  if (!(first instanceof Row)) return undefined;
  const rows = Array.isArray(all) ? all.filter((row) => row instanceof Row) : [];
  return (rows.length === 0 ? [first] : rows).map(({ item }) => item);
}

/** What keys hand over: they know no row, only the view that has the focus. */
function isSelection(thing: unknown): thing is { readonly selectionOf: string } {
  return typeof thing === 'object' && thing !== null && 'selectionOf' in thing;
}

async function picked(
  command: Command,
  { views, tools }: CommandsOptions,
  isLost: boolean,
): Promise<readonly Item[] | undefined> {
  const title = t(command.title);
  const view = views.find(({ holds }) => holds === command.on);
  if (view === undefined) return undefined;
  const rows = view.source === 'files' ? await view.read() : await view.read(await tools.engine());
  const choices = choicesOf(distinct(candidates(rows(new Date()), command)));
  if (choices.length === 0) {
    await tools.editor.tell(t('There is nothing for “{0}” now.', title));
    return undefined;
  }
  const note = isLost ? t('the list has changed just now: choose again') : undefined;
  if (command.single !== true)
    return tools.editor.pickMany(title, choices, note === undefined ? undefined : () => note);
  const one = await tools.editor.pick(title, choices, note);
  return one === undefined ? undefined : [one];
}
