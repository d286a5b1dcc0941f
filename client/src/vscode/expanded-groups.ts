/** Which groups a person opened or closed, kept in the workspace: VS Code forgets it with its window. */
import type { Item } from '../explorer/item.ts';

/** The part of the workspace's memory that is used. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Groups come and go, and nobody tells when one is gone for good. */
const most = 200;

export class Opened {
  readonly #memory: Memory;
  readonly #key: string;

  constructor(memory: Memory, view: string) {
    this.#memory = memory;
    this.#key = `opened.${view}`;
  }

  /** Whether the group is open: as it was left, else as it comes. */
  is({ id, expanded = false }: Item): boolean {
    return this.#kept()[id] ?? expanded;
  }

  /** Only what differs from how the group comes is kept, the latest last. */
  async set({ id, expanded = false }: Item, open: boolean): Promise<void> {
    const others = Object.entries(this.#kept()).filter(([key]) => key !== id);
    const all = open === expanded ? others : [...others, [id, open] as const];
    await this.#memory.update(this.#key, Object.fromEntries(all.slice(-most)));
  }

  #kept(): Readonly<Record<string, boolean>> {
    return this.#memory.get<Readonly<Record<string, boolean>>>(this.#key) ?? {};
  }
}
