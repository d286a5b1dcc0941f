/** What VS Code draws for a row. */
import * as vscode from 'vscode';
import { hasChildren, type Item } from '../explorer/item.ts';
import { fileScheme } from '../manifest.ts';
import { failedRow } from './row-colors.ts';
import type { Row } from './rows.ts';

/** Receives the clicks on rows with a command for double-clicks. */
export const openOnDoubleClick = 'rows.clicked';

/** The tree item of a row, without its tooltip, which is created when it is shown. */
export function treeItem(element: Row, isExpanded: (item: Item) => boolean): vscode.TreeItem {
  const { item } = element;
  const row = new vscode.TreeItem(item.label, collapsible(item, isExpanded));
  row.id = item.id;
  row.contextValue = [item.subject?.kind ?? 'group', ...(item.traits ?? [])].join(' ');
  if (item.description !== undefined) row.description = item.description;
  if (item.icon !== undefined) row.iconPath = icon(item.icon);
  if (item.accessibilityLabel !== undefined)
    row.accessibilityInformation = { label: item.accessibilityLabel };
  if (item.resource !== undefined)
    row.resourceUri = vscode.Uri.from({ scheme: fileScheme, path: item.resource });
  if (item.failed) row.resourceUri = failedRow(item.id);
  const click = item.click ?? (item.open === undefined ? undefined : openOnDoubleClick);
  if (click !== undefined)
    row.command = { command: `drydock.${click}`, title: '', arguments: [element] };
  return row;
}

function collapsible(
  item: Item,
  isExpanded: (item: Item) => boolean,
): vscode.TreeItemCollapsibleState {
  if (!hasChildren(item))
    return item.lazy === undefined
      ? vscode.TreeItemCollapsibleState.None
      : vscode.TreeItemCollapsibleState.Collapsed;
  return isExpanded(item)
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

function icon({ name, color }: NonNullable<Item['icon']>): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
}
