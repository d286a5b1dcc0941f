/** Items in the status bar. */
import * as vscode from 'vscode';
import type { StatusItem } from '../ui/build-marks.ts';

/** Creates a hidden item; a click on it runs a command of the extension. */
export function createStatusItem(name: string, command: string): StatusItem {
  const item = vscode.window.createStatusBarItem(
    `drydock.${command}`,
    vscode.StatusBarAlignment.Left,
  );
  item.name = name;
  item.command = `drydock.${command}`;
  return {
    show: (text, tooltip) => {
      item.text = text;
      item.tooltip = tooltip;
      item.accessibilityInformation = { label: tooltip, role: 'button' };
      item.show();
    },
    hide: () => item.hide(),
  };
}
