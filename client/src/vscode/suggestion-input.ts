/** An input with a list of suggestions. */
import * as vscode from 'vscode';
import {
  listSuggestions,
  type SuggestionInputOptions,
  type SuggestionItem,
} from './suggestion-list.ts';

/** Resolves to the typed text or the selected suggestion; undefined for Escape. */
export function showSuggestionInput(
  title: string,
  options: SuggestionInputOptions,
): Promise<string | undefined> {
  const quick = vscode.window.createQuickPick<ReturnType<typeof rowOf>>();
  // Suggestions are already in order. VS Code supports this option but has no type for it.
  Object.assign(quick, { sortByLabel: false });
  quick.title = title;
  quick.ignoreFocusOut = true;
  quick.placeholder = options.prompt;
  quick.value = options.value ?? '';
  let known: (typed: string) => readonly SuggestionItem[] = () => [];
  const show = (): void => {
    const rows = listSuggestions(quick.value, known(quick.value), options).map(rowOf);
    quick.items = rows;
    // Otherwise Enter right after typing would accept the previous first row.
    quick.activeItems = rows.slice(0, 1);
  };
  quick.busy = true;
  void options.suggestions.then((found) => {
    known = found;
    quick.busy = false;
    show();
  });
  show();
  return new Promise((resolve) => {
    quick.onDidChangeValue(show);
    quick.onDidAccept(() => {
      const [row] = quick.activeItems;
      if (row === undefined || row.invalid) return;
      resolve(row.label);
      quick.hide();
    });
    quick.onDidHide(() => {
      resolve(undefined);
      quick.dispose();
    });
    quick.show();
  });
}

function rowOf({ text, description, invalid }: SuggestionItem) {
  return {
    label: text,
    invalid: invalid === true,
    // The list is already filtered; VS Code's own filter would hide the typed text.
    alwaysShow: true,
    ...(description !== undefined && { description }),
    ...(invalid && { iconPath: new vscode.ThemeIcon('error') }),
  };
}
