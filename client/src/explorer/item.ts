/** A row of a tree as data: what it says, and what commands may act on. Knows no editor. */
import type { Context } from '../engine/contexts.ts';
import type { Container, EngineEvent, Engine, Image } from '../engine/engine.ts';
import type { Network, Volume } from '../engine/objects.ts';

/** What commands act on, by kind. */
export interface Subjects {
  readonly container: Container;
  /** One reference of an image: its tag, or the image itself where it has none. */
  readonly image: { readonly image: Image; readonly tag?: string };
  readonly volume: Volume;
  readonly network: Network;
  readonly context: Context;
}
export type Subject = {
  [K in keyof Subjects]: { readonly kind: K; readonly value: Subjects[K] };
}[keyof Subjects];

/** A tooltip that is made when its row is pointed at: of thousands, hardly any ever is. */
export interface Tooltip {
  /** All that stands in it, as plain data; the row is drawn again when it changes. */
  readonly of: readonly unknown[];
  /** Markdown. */
  readonly text: () => string;
}

export interface Item {
  /** Stays the same over refreshes, so that the view keeps its state. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** A codicon, and a theme colour by name. */
  readonly icon?: { readonly name: string; readonly color?: string };
  /** Markdown, or what it will be made of. */
  readonly tooltip?: string | Tooltip;
  /** What a screen reader says: icon and colour in words too. */
  readonly spoken?: string;
  readonly subject?: Subject;
  /** `running`, `tagged` …: become contextValue, tested by `when`. */
  readonly traits?: readonly string[];
  readonly children?: readonly Item[];
  readonly expanded?: boolean;
}

export type ViewId = 'containers' | 'images' | 'volumes' | 'networks' | 'contexts';

/** What was read once, shown as often as the clock or a setting asks for it. */
export type Rows = (now: Date) => readonly Item[];

interface AnyView {
  /** Behind `drydock.`. */
  readonly id: ViewId;
  readonly title: string;
  /** What its rows are. */
  readonly holds: keyof Subjects;
  /** Beside the title: that not everything is shown. */
  note?(): string | undefined;
  /** On the icon of the side bar: what asks for attention. */
  badge?(items: readonly Item[]): { readonly value: number; readonly tooltip: string } | undefined;
}

/** A view whose rows are read from the engine. */
export interface EngineView extends AnyView {
  readonly source: 'engine';
  /** Which events make it stale. */
  readonly about: readonly EngineEvent['about'][];
  read(engine: Engine): Promise<Rows>;
  /** A tooltip with what no list tells; asked for when the row is pointed at. */
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

/** Of a group: what it is, what its rows are, and every trait that one of them has. */
export function groupTraits(own: string, children: readonly Item[]): readonly string[] {
  const kinds = children.flatMap(({ subject }) => (subject ? [`of-${subject.kind}`] : []));
  return [...new Set([own, ...kinds, ...children.flatMap(({ traits = [] }) => traits)])];
}

/** The thing itself, by whatever rows it is shown. */
export function identity(item: Item): string {
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
    default:
      return item.id;
  }
}
