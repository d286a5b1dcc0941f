/** Dragging rows, and dropping files on rows. What is dragged from the Explorer or the desktop is a list of URIs or of files. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Drop, DroppedFile } from '../copy/drop.ts';
import { fileOfItem } from './dropped-rows.ts';
import { rowsType, uriList } from './drop-types.ts';
import type { Row } from './rows.ts';

export class RowDrops {
  readonly #copy: (drop: Drop) => Promise<void>;

  /** `copy` reports its failures itself. */
  constructor(copy: (drop: Drop) => Promise<void>) {
    this.#copy = copy;
  }

  handleDrag(rows: readonly Row[], transfer: vscode.DataTransfer): void {
    const files = rows.flatMap(({ item }) => fileOfItem(item) ?? []);
    if (files.length > 0)
      transfer.set(rowsType, new vscode.DataTransferItem(JSON.stringify(files)));
  }

  async handleDrop(row: Row | undefined, transfer: vscode.DataTransfer): Promise<void> {
    const target = directoryOf(row);
    if (target === undefined) {
      void vscode.window.showInformationMessage(t('Drop files on a container or on a directory in it.')); // prettier-ignore
      return;
    }
    const remote = await draggedRows(transfer);
    if (remote.length > 0) {
      await this.#copy({ local: [], remote, target });
      return;
    }
    const folder: TemporaryFolder = {};
    try {
      const local = await localFiles(transfer, folder);
      if (folder.unread !== undefined) {
        void vscode.window.showWarningMessage(t('Browsers do not pass on folders: drop {0} on the Explorer first, and drag it from there.', folder.unread)); // prettier-ignore
        if (local.length === 0) return;
      }
      if (local.length > 0) await this.#copy({ local, remote: [], target });
      else void vscode.window.showInformationMessage(t('Only files on disk can be copied.'));
    } finally {
      if (folder.path !== undefined) await rm(folder.path, { recursive: true, force: true });
    }
  }
}

/** The directory that a row is or is in; a container if it is none of a file. */
function directoryOf(row: Row | undefined): DroppedFile | undefined {
  for (let at = row; at !== undefined; at = at.parent) {
    const file = fileOfItem(at.item);
    if (file !== undefined && file.isDirectory) {
      const { place, path: directory } = file;
      return { place, ...(directory !== undefined && { path: directory }) };
    }
  }
  return undefined;
}

async function draggedRows(transfer: vscode.DataTransfer): Promise<readonly DroppedFile[]> {
  const text = await transfer.get(rowsType)?.asString();
  if (text === undefined || text === '') return [];
  const files: unknown = JSON.parse(text);
  return Array.isArray(files) ? (files as readonly DroppedFile[]) : [];
}

/** What a browser gives without a path on disk. */
interface TemporaryFolder {
  path?: string;
  /** The name of a folder, which browsers cannot pass on. */
  unread?: string;
}

/** `folder` receives a temporary folder, if one was needed for files that a browser does not say the path of. */
async function localFiles(
  transfer: vscode.DataTransfer,
  folder: TemporaryFolder,
): Promise<readonly string[]> {
  const listed = (await transfer.get(uriList)?.asString()) ?? '';
  const uris = listed
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => vscode.Uri.parse(line));
  const files = [...transfer].flatMap(([, item]) => item.asFile() ?? []);
  uris.push(...files.flatMap(({ uri }) => uri ?? []));
  const paths = uris.filter(isOnDisk).map(({ fsPath }) => fsPath);
  if (paths.length > 0) return [...new Set(paths)];
  const written: string[] = [];
  for (const file of files) {
    const name = path.basename(file.name);
    if (name === '' || name === '..') continue;
    const data = await dataOf(file);
    if (data === undefined) {
      folder.unread = name;
      continue;
    }
    folder.path ??= await mkdtemp(path.join(tmpdir(), 'drydock-drop-'));
    const target = path.join(folder.path, name);
    await writeFile(target, data, { flag: 'wx' });
    written.push(target);
  }
  return written;
}

/** Undefined for a folder. */
async function dataOf(file: vscode.DataTransferFile): Promise<Uint8Array | undefined> {
  try {
    return await file.data();
  } catch {
    return undefined;
  }
}

function isOnDisk({ scheme }: vscode.Uri): boolean {
  return scheme === 'file' || scheme === 'vscode-remote';
}
