/** Stores which groups are expanded in the workspace state: VS Code does not keep it after the window is closed. */
import type { Item } from '../explorer/item.ts';

/** The part of the workspace state that is used. */
export interface StateStorage {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Limits the stored groups, because it is not known when a group has been removed permanently. */
const maxGroups = 200;

export class ExpandedGroups {
  readonly #memory: StateStorage;
  readonly #key: string;

  constructor(memory: StateStorage, view: string) {
    this.#memory = memory;
    this.#key = `opened.${view}`;
  }

  /** Whether the group is expanded: the stored state, or else the default of the group. */
  isExpanded({ id, expanded = false }: Item): boolean {
    return this.#read()[id] ?? expanded;
  }

  /** Stores only groups that differ from their default, the latest last. */
  async setExpanded({ id, expanded = false }: Item, isExpanded: boolean): Promise<void> {
    const others = Object.entries(this.#read()).filter(([key]) => key !== id);
    const all = isExpanded === expanded ? others : [...others, [id, isExpanded] as const];
    await this.#memory.update(this.#key, Object.fromEntries(all.slice(-maxGroups)));
  }

  #read(): Readonly<Record<string, boolean>> {
    return this.#memory.get<Readonly<Record<string, boolean>>>(this.#key) ?? {};
  }
}
