/** A row of a tree as data: what it says, and what commands may act on. Knows no editor. */
import type { Container, EngineEvent, Engine, Image } from '../engine/engine.ts';

/** What commands act on, by kind. */
export interface Subjects {
  readonly container: Container;
  /** One reference of an image: its tag, or the image itself where it has none. */
  readonly image: { readonly image: Image; readonly tag?: string };
}
export type Subject = {
  [K in keyof Subjects]: { readonly kind: K; readonly value: Subjects[K] };
}[keyof Subjects];

export interface Item {
  /** Stays the same over refreshes, so that the view keeps its state. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** A codicon, and a theme colour by name. */
  readonly icon?: { readonly name: string; readonly color?: string };
  /** Markdown. */
  readonly tooltip?: string;
  /** What a screen reader says: icon and colour in words too. */
  readonly spoken?: string;
  readonly subject?: Subject;
  /** `running`, `tagged` …: become contextValue, tested by `when`. */
  readonly traits?: readonly string[];
  readonly children?: readonly Item[];
  readonly expanded?: boolean;
}

export interface View {
  /** Behind `drydock.`. */
  readonly id: 'containers' | 'images';
  readonly title: string;
  /** Which events make it stale. */
  readonly about: readonly EngineEvent['about'][];
  items(engine: Engine): Promise<readonly Item[]>;
}
