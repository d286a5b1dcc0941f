/** Translated texts for who can not ask VS Code. */
import * as vscode from 'vscode';
import type { InitializationOptions } from '../../../contract/protocol.ts';

/** The catalogue of the window's language: English text → translated text; empty where it is English. */
export function catalogue(): Pick<InitializationOptions, 'bundle'> {
  if (vscode.l10n.bundle === undefined) return {};
  const entries = Object.entries(vscode.l10n.bundle).map(([text, translated]): [string, string] => [
    text,
    typeof translated === 'string' ? translated : String(translated),
  ]);
  return { bundle: Object.fromEntries(entries) };
}
