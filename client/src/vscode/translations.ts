/** Translated texts for the language server, which cannot read them from VS Code. */
import * as vscode from 'vscode';
import type { InitializationOptions } from '../../../contract/protocol.ts';

/** The translations for the display language, by English text; empty for English. */
export function translationBundle(): Pick<InitializationOptions, 'bundle'> {
  if (vscode.l10n.bundle === undefined) return {};
  const entries = Object.entries(vscode.l10n.bundle).map(([text, translated]): [string, string] => [
    text,
    typeof translated === 'string' ? translated : String(translated),
  ]);
  return { bundle: Object.fromEntries(entries) };
}
