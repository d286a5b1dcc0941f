/** Questions of a copy: where in a container, and whose files. The answers are remembered for the container and its image. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import { isPlainText, listDirectory, normalizePath } from '../engine/files/files.ts';
import type { FilePlace } from '../engine/files/place.ts';
import type { Editor, PathEntry } from '../ui/editor.ts';
import type { FileRef } from '../ui/files.ts';
import { joinDetails, formatDateTime, formatSize } from '../ui/format.ts';
import { containerPathError } from '../ui/paths.ts';
import { containerOwner, root, type Owner } from './owner.ts';

/** A container; or the one that gives access to a volume, with the name of the volume. */
export type CopyPlace = Pick<Container, 'id' | 'name' | 'image'> & {
  /** Absent for a container. */
  readonly volume?: {
    readonly place: FilePlace;
    /** Where it is in the container. */
    readonly root: string;
  };
};

/** The address of a path in the container, as the views and editors know it. */
export function fileRefIn({ id, name, volume }: CopyPlace, path: string): FileRef {
  if (volume === undefined) return { place: { kind: 'container', id, name }, path };
  return { place: volume.place, path: normalizePath(path.slice(volume.root.length)) };
}

type OwnerChoice = 'kept' | 'container' | 'root';

export interface CopyTarget {
  readonly path: string;
  /** Undefined if files keep the numbers of their owners. */
  readonly owner: Owner | undefined;
}

/** Asks for a directory in a container; undefined for Escape. */
export async function askForTarget(
  editor: Editor,
  engine: Engine,
  { container, title }: { readonly container: CopyPlace; readonly title: string },
): Promise<CopyTarget | undefined> {
  let owner = rememberedOwner(editor, container);
  const key = 'copy.in';
  const path = await editor.pickPath(title, {
    placeholder: t('Destination directory in the container, or a new name for a single file'),
    start: await startDirectory(editor, engine, { container, key }),
    kind: 'directory',
    acceptLabel: t('Copy Here'),
    list: (directory) => entriesOf(engine, container.id, directory),
    check: containerPathError,
    option: {
      icon: 'account',
      label: () => ownerLabel(owner),
      choose: async () => {
        owner = (await askForOwner(editor, container)) ?? owner;
      },
    },
  });
  if (path === undefined) return undefined;
  await remember(editor, { container, key }, path.trim());
  return { path: path.trim(), owner: await ownerOf(engine, container.id, owner) };
}

/** The owner that was chosen last for the container. Rejects with EngineError. */
export function chosenOwner(
  editor: Editor,
  engine: Engine,
  container: CopyPlace,
): Promise<Owner | undefined> {
  return ownerOf(engine, container.id, rememberedOwner(editor, container));
}

/** Asks for a file or directory in a container; undefined for Escape. */
export async function askForSource(
  editor: Editor,
  engine: Engine,
  { container, title }: { readonly container: CopyPlace; readonly title: string },
): Promise<string | undefined> {
  const key = 'copy.out';
  const path = await editor.pickPath(title, {
    placeholder: t('Path of a file or directory in the container'),
    start: await startDirectory(editor, engine, { container, key }),
    kind: 'any',
    acceptLabel: t('Copy'),
    list: (directory) => entriesOf(engine, container.id, directory),
    check: containerPathError,
  });
  if (path === undefined) return undefined;
  const chosen = path.trim();
  const stat = await engine.stat(container.id, chosen);
  const directory = stat.kind === 'directory' ? chosen : parentOf(chosen);
  await remember(editor, { container, key }, directory);
  return chosen;
}

function parentOf(path: string): string {
  return path.replace(/\/+$/, '').replace(/\/[^/]*$/, '') || '/';
}

async function entriesOf(
  engine: Engine,
  container: string,
  directory: string,
): Promise<readonly PathEntry[]> {
  const { entries } = await listDirectory(engine, container, directory);
  // A name that is not UTF-8 cannot be typed or shown; it is copied with its directory.
  return entries
    .filter(({ name }) => isPlainText(name) && name !== '' && name !== '.')
    .map(({ name, kind, leadsTo, size, modified }) => {
      const description = joinDetails(
        kind === 'file' && size !== undefined ? formatSize(size) : undefined,
        modified && formatDateTime(modified),
      );
      const leadsToDirectory = kind === 'directory' || leadsTo === 'directory';
      return { name, leadsToDirectory, ...(description !== '' && { description }) };
    });
}

interface Memory {
  readonly container: CopyPlace;
  readonly key: string;
}

function memoryKeys({ container, key }: Memory): readonly string[] {
  return [`${key}:${container.name}`, `${key}:image:${container.image}`];
}

async function remember(editor: Editor, memory: Memory, value: string): Promise<void> {
  for (const key of memoryKeys(memory)) await editor.setState(key, value);
}

function remembered(editor: Editor, memory: Memory): string | undefined {
  return memoryKeys(memory)
    .map((key) => editor.getState(key))
    .find((value) => value !== undefined);
}

/** The last one if it still exists, or the working directory of the container, where its files usually are. */
async function startDirectory(editor: Editor, engine: Engine, memory: Memory): Promise<string> {
  const { id } = memory.container;
  const last = remembered(editor, memory)?.replace(/(?<=.)\/+$/, '');
  for (const path of last === undefined ? [] : [last, parentOf(last)]) {
    const found = await engine.stat(id, `${path}/`).catch(() => undefined);
    if (found?.kind === 'directory') return path;
  }
  const { WorkingDir: directory = '' } = (await engine.inspect('container', id)).config;
  return directory.replace(/(?<=.)\/+$/, '') || '/';
}

function rememberedOwner(editor: Editor, container: CopyPlace): OwnerChoice {
  const value = remembered(editor, { container, key: 'copy.owner' });
  return value === 'container' || value === 'root' ? value : 'kept';
}

function ownerLabel(choice: OwnerChoice): string {
  switch (choice) {
    case 'container':
      return t("Owner: the container's user");
    case 'root':
      return t('Owner: root');
    default:
      return t('Owner: as on this machine');
  }
}

async function askForOwner(editor: Editor, container: CopyPlace): Promise<OwnerChoice | undefined> {
  const choices = [
    { label: t('As on This Machine'), description: t('The numbers of user and group are kept'), value: 'kept' }, // prettier-ignore
    { label: t("The Container's User"), description: t('The user that its processes run as'), value: 'container' }, // prettier-ignore
    { label: 'root', value: 'root' },
  ] as const;
  const choice = await editor.pick<OwnerChoice>(t('Owner of the Copied Files'), choices);
  if (choice !== undefined) await remember(editor, { container, key: 'copy.owner' }, choice);
  return choice;
}

async function ownerOf(
  engine: Engine,
  container: string,
  choice: OwnerChoice,
): Promise<Owner | undefined> {
  if (choice === 'kept') return undefined;
  return choice === 'root' ? root : containerOwner(engine, container);
}
