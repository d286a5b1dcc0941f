/** A text that is asked for, with what it could be below it. */
import * as vscode from 'vscode';
import { offers, type Asking, type Offer } from './suggestion-list.ts';

/** The text as typed or as chosen; undefined for Escape. */
export function askSuggesting(title: string, asking: Asking): Promise<string | undefined> {
  const quick = vscode.window.createQuickPick<ReturnType<typeof rowOf>>();
  // They come in the order in which one would want them; VS Code has the switch, and no type for it.
  Object.assign(quick, { sortByLabel: false });
  quick.title = title;
  quick.ignoreFocusOut = true;
  quick.placeholder = asking.prompt;
  quick.value = asking.value ?? '';
  let known: (typed: string) => readonly Offer[] = () => [];
  const show = (): void => {
    const rows = offers(quick.value, known(quick.value), asking).map(rowOf);
    quick.items = rows;
    // Else who types and presses Enter at once would take what stood first before.
    quick.activeItems = rows.slice(0, 1);
  };
  quick.busy = true;
  void asking.suggestions.then((found) => {
    known = found;
    quick.busy = false;
    show();
  });
  show();
  return new Promise((resolve) => {
    quick.onDidChangeValue(show);
    quick.onDidAccept(() => {
      const [row] = quick.activeItems;
      if (row === undefined || row.refused) return;
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

function rowOf({ text, about, refused }: Offer) {
  return {
    label: text,
    refused: refused === true,
    // What fits is known here; VS Code would leave out what was just typed.
    alwaysShow: true,
    ...(about !== undefined && { description: about }),
    ...(refused && { iconPath: new vscode.ThemeIcon('error') }),
  };
}
