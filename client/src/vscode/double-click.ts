/** Rows that a double-click opens. */
import * as vscode from 'vscode';
import { doubleClicks } from './clicks.ts';
import { Row } from './rows.ts';
import { openOnDoubleClick } from './tree-item.ts';

/** Runs the command of a row when it is double-clicked. */
export function registerDoubleClicks(): vscode.Disposable {
  const isSecond = doubleClicks();
  return vscode.commands.registerCommand(`drydock.${openOnDoubleClick}`, async (row: unknown) => {
    if (!(row instanceof Row) || row.item.open === undefined) return;
    if (isSecond(row, performance.now()))
      await vscode.commands.executeCommand(`drydock.${row.item.open}`, row);
  });
}
