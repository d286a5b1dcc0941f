/** Reads VS Code settings with the schemas that declare them. */
import * as vscode from 'vscode';
import type { TypeOf } from '../../../contract/schema.ts';
import { settings } from '../../../contract/settings.ts';

type Settings = typeof settings;

/** The effective value of a setting; an invalid value is replaced by the default. */
export function readSetting<K extends keyof Settings>(
  key: K,
  scope?: vscode.ConfigurationScope,
): TypeOf<Settings[K]['schema']> {
  const raw: unknown = vscode.workspace.getConfiguration('drydock', scope).get(key);
  const { schema } = settings[key];
  return (schema.read(raw) ?? schema.fallback) as TypeOf<Settings[K]['schema']>;
}

/** Calls back when one of the settings changes. */
export function onSettingsChange(
  keys: readonly (keyof Settings)[],
  callback: () => void,
): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (keys.some((key) => change.affectsConfiguration(`drydock.${key}`))) callback();
  });
}
