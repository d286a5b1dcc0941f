/** A row of a view as data: its texts, and the object that commands act on. Independent of VS Code. */
import type { Context } from '../engine/contexts.ts';
import type { Container, EngineEvent, Engine, Image } from '../engine/engine.ts';
import type { FileEntry } from '../engine/files/entry.ts';
import type { Network, Volume } from '../engine/objects.ts';
import type { FileRef, LazyRows } from '../ui/files.ts';

/** The objects that commands act on, by kind. */
export interface Subjects {
  readonly container: Container;
  /** A tag of an image, or the image itself if it has no tags. */
  readonly image: { readonly image: Image; readonly tag?: string };
  readonly volume: Volume;
  readonly network: Network;
  readonly context: Context;
  readonly file: FileSubject;
}

/** A file or directory of a container, volume or image. */
export interface FileSubject extends FileRef {
  /** As it is shown. */
  readonly name: string;
  readonly entry: FileEntry;
  /** How it differs from the image of its container, in the list of changes. */
  readonly change?: { readonly kind: 'added' | 'changed' | 'deleted'; readonly imageId: string };
}

export type Subject = {
  [K in keyof Subjects]: { readonly kind: K; readonly value: Subjects[K] };
}[keyof Subjects];

/** A tooltip that is created when it is shown: of thousands of tooltips, hardly any is. */
export interface Tooltip {
  /** Its contents as plain data; the row is redrawn when they change. */
  readonly data: readonly unknown[];
  /** Markdown. */
  readonly text: () => string;
}

export interface Item {
  /** Stays the same across refreshes, so that the view keeps its state. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** A codicon, and a theme colour by name. */
  readonly icon?: { readonly name: string; readonly color?: string };
  /** Markdown, or a tooltip that is created when it is shown. */
  readonly tooltip?: string | Tooltip;
  /** For screen readers: includes the meaning of icon and color. */
  readonly accessibilityLabel?: string;
  readonly subject?: Subject;
  /** `running`, `tagged` …: become contextValue, tested by `when`. */
  readonly traits?: readonly string[];
  readonly children?: readonly Item[];
  readonly expanded?: boolean;
  /** Rows that are read when this one is expanded; they are above the children. */
  readonly lazy?: LazyRows;
  /** It has failed: its texts are red. */
  readonly failed?: true;
  /** The file of the row, for its icon: the path of a `drydock:` URI. */
  readonly resource?: string;
  /** A command that a click runs on the row, without the prefix `drydock.`. */
  readonly click?: string;
  /** A command that Enter and a double-click run on the row, without the prefix `drydock.`; a click only selects the row. */
  readonly open?: string;
}

/** Rows that were read when their parent was expanded, created as far as they are shown. */
export interface LoadedRows {
  readonly length: number;
  /** The first `count` rows. */
  readonly items: (count: number) => readonly Item[];
}

export type ViewId = 'containers' | 'images' | 'volumes' | 'networks' | 'contexts';

/**
 * Creates the rows from data that was read; called again when time passes or a setting changes. With `inSight`, a view can
 * leave out the rows of a long list that no screen shows: exactly `rowsInSight` are left then.
 */
export type Rows = (now: Date, inSight?: boolean) => readonly Item[];

interface AnyView {
  /** Without the prefix `drydock.`. */
  readonly id: ViewId;
  readonly title: string;
  /** The kind of object in its rows. */
  readonly subjectKind: keyof Subjects;
  /** The text next to the title, if the view is filtered. */
  description?(): string | undefined;
  /** The badge on the icon of the side bar. */
  badge?(items: readonly Item[]): { readonly value: number; readonly tooltip: string } | undefined;
}

/** A view whose rows are read from the engine. */
export interface EngineView extends AnyView {
  readonly source: 'engine';
  /** The types of events after which the view is refreshed. */
  readonly eventTypes: readonly EngineEvent['objectType'][];
  read(engine: Engine): Promise<Rows>;
  /** A tooltip with details that the list does not have; read when the tooltip is shown. */
  tooltip?(item: Item, engine: Engine): Promise<string | undefined>;
}

/** A view whose rows are read from files, without an engine. */
export interface FileView extends AnyView {
  readonly source: 'files';
  read(): Promise<Rows>;
}

export type View = EngineView | FileView;

/** The tooltip as Markdown. */
export function tooltipText({ tooltip }: Item): string | undefined {
  return typeof tooltip === 'object' ? tooltip.text() : tooltip;
}

/** Whether the item is a group. Does not create its children. */
export function hasChildren(item: Item): boolean {
  return 'children' in item;
}

/** The item with children that are created when they are needed: of thousands of children, hardly any is shown. */
export function withChildren(item: Item, create: () => readonly Item[]): Item {
  let created: readonly Item[] | undefined;
  return Object.defineProperty({ ...item }, 'children', {
    get: () => (created ??= create()),
    enumerable: true,
  });
}

/** Traits of a group: its own, the kind of its rows, and all traits of its rows. */
export function groupTraits(
  own: string,
  kind: keyof Subjects,
  traits: Iterable<readonly string[]>,
): readonly string[] {
  const all = new Set([own, `of-${kind}`]);
  for (const some of traits) for (const trait of some) all.add(trait);
  return [...all];
}

/** Identifies the object, which may be shown in several rows. */
export function itemKey(item: Item): string {
  const { subject } = item;
  switch (subject?.kind) {
    case 'container':
    case 'network':
      return `${subject.kind}/${subject.value.id}`;
    case 'volume':
    case 'context':
      return `${subject.kind}/${subject.value.name}`;
    case 'image':
      return `image/${subject.value.tag ?? subject.value.image.id}`;
    case 'file':
      return item.id;
    default:
      return item.id;
  }
}
