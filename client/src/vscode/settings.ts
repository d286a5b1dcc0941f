/** Settings as VS Code has them, read by the schemas that declare them. */
import * as vscode from 'vscode';
import type { TypeOf } from '../../../contract/schema.ts';
import { settings } from '../../../contract/settings.ts';

type Settings = typeof settings;

/** The value in force; what does not fit its schema falls back. */
export function setting<K extends keyof Settings>(
  key: K,
  scope?: vscode.ConfigurationScope,
): TypeOf<Settings[K]['schema']> {
  const raw: unknown = vscode.workspace.getConfiguration('drydock', scope).get(key);
  const { schema } = settings[key];
  return (schema.read(raw) ?? schema.fallback) as TypeOf<Settings[K]['schema']>;
}

/** Calls back when one of the settings has another value. */
export function whenSettingChanges(
  keys: readonly (keyof Settings)[],
  act: () => void,
): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (keys.some((key) => change.affectsConfiguration(`drydock.${key}`))) act();
  });
}
