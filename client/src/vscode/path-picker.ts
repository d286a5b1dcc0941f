/** A picker that walks directories: typing filters the names, or is a path. */
import * as vscode from 'vscode';
import type { PathEntry, PathPickerOptions } from '../ui/editor.ts';
import { pathRows, typedPlace, type PathRow } from './path-list.ts';

/** Resolves to the chosen path; undefined for Escape. */
export function showPathPicker(
  title: string,
  options: PathPickerOptions,
): Promise<string | undefined> {
  const quick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly row: PathRow }>();
  // The rows are already in order. VS Code supports this option but has no type for it.
  Object.assign(quick, { sortByLabel: false });
  const known = new Map<string, readonly PathEntry[] | Error>();
  let current = options.start;
  let isAsking = false;
  const show = (): void => {
    const place = typedPlace(current, quick.value);
    quick.title = `${title} · ${current}`;
    const entries = known.get(place.directory);
    quick.busy = entries === undefined;
    quick.items = pathRows({ current, typed: quick.value }, entries, options).map(itemOf);
    quick.activeItems = quick.items.slice(0, 1);
    if (entries === undefined) void read(place.directory);
  };
  const reading = new Set<string>();
  const read = async (directory: string): Promise<void> => {
    if (reading.has(directory)) return;
    reading.add(directory);
    known.set(directory, await options.list(directory).catch((error: unknown) => error as Error));
    reading.delete(directory);
    show();
  };
  quick.ignoreFocusOut = true;
  quick.placeholder = options.placeholder;
  show();
  return new Promise((resolve) => {
    const enter = (path: string): void => {
      current = path;
      quick.value = '';
      show();
    };
    const ask = async (): Promise<void> => {
      isAsking = true;
      await options.option?.choose();
      isAsking = false;
      show();
      quick.show();
    };
    quick.onDidChangeValue(show);
    quick.onDidAccept(() => {
      const action = quick.activeItems[0]?.row.action;
      if (action?.kind === 'enter') enter(action.path);
      else if (action?.kind === 'option') void ask();
      else if (action?.kind === 'accept') {
        resolve(action.path);
        quick.hide();
      }
    });
    quick.onDidHide(() => {
      if (isAsking) return;
      resolve(undefined);
      quick.dispose();
    });
    quick.show();
  });
}

function itemOf(row: PathRow) {
  const { label, description, icon } = row;
  return {
    row,
    label,
    iconPath: new vscode.ThemeIcon(icon),
    // The list is already filtered.
    alwaysShow: true,
    ...(description !== undefined && { description }),
  };
}
