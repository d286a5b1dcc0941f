/** The color of rows that have failed: VS Code colors the texts of a row by the decoration of a file. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';

const scheme = 'drydock-row';

/** The address of a row that has failed; it is only used to color the row. */
export function failedRow(id: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${id}` });
}

/** Colors the rows that have failed. */
export function registerRowColors(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: (uri) =>
      uri.scheme === scheme
        ? new vscode.FileDecoration(
            undefined,
            t('failed'),
            new vscode.ThemeColor('list.errorForeground'),
          )
        : undefined,
  });
}
