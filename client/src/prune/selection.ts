/** Which of the unused objects are shown and chosen. Only objects that are both are removed. */
import type { Prunable, PruneKind, Unused } from './prunable.ts';
import type { PruneFilter } from './filter.ts';

export class Selection {
  readonly #unused: Unused;
  readonly #selected: Set<string>;
  #shown: readonly Prunable[];

  /** `selected`: the keys of the objects that are chosen at first. */
  constructor(unused: Unused, selected: ReadonlySet<string>) {
    this.#unused = unused;
    this.#shown = unused.all;
    this.#selected = new Set(selected);
  }

  /** The objects that pass the filter; of the build cache, with the records that do. */
  get shown(): readonly Prunable[] {
    return this.#shown;
  }

  /** The keys of all selected objects, also of those that the filter hides. */
  get keys(): ReadonlySet<string> {
    return this.#selected;
  }

  filter(filter: PruneFilter): void {
    this.#shown = this.#unused.all.flatMap((object) => filter(object) ?? []);
  }

  /** Selects shown objects that can be chosen, or the opposite; other keys are ignored. */
  select(keys: readonly string[], on: boolean): void {
    const given = new Set(keys);
    for (const { key, kind } of this.#shown) {
      if (!given.has(key) || kind !== 'container') continue;
      this.#set(key, on);
    }
    // After the containers, since others depend on them.
    const containers = this.#chosenContainers();
    for (const object of this.#shown) {
      if (given.has(object.key) && object.kind !== 'container')
        this.#set(object.key, on && canChoose(object, containers));
      else if (!canChoose(object, containers)) this.#selected.delete(object.key);
    }
  }

  #set(key: string, on: boolean): void {
    if (on) this.#selected.add(key);
    else this.#selected.delete(key);
  }

  /** What will be removed. */
  chosen(): readonly Prunable[] {
    const containers = this.#chosenContainers();
    return this.#shown.filter(
      (object) => this.#selected.has(object.key) && canChoose(object, containers),
    );
  }

  /** The shown objects that cannot be chosen, because a container that uses them is not chosen. */
  disabled(): readonly Prunable[] {
    const containers = this.#chosenContainers();
    return this.#shown.filter((object) => !canChoose(object, containers));
  }

  /** The selected objects that the filter hides. */
  hidden(): readonly Prunable[] {
    const shown = new Set(this.#shown.map(({ key }) => key));
    return this.#unused.all.filter(({ key }) => this.#selected.has(key) && !shown.has(key));
  }

  /** The names of the containers that must be chosen before this object. */
  missingUsers({ users }: Prunable): readonly { readonly name: string }[] {
    const containers = this.#chosenContainers();
    return users.filter(({ id }) => !containers.has(id));
  }

  #chosenContainers(): ReadonlySet<string> {
    const chosen = this.#shown.filter(
      ({ kind, key }) => kind === 'container' && this.#selected.has(key),
    );
    return new Set(chosen.flatMap(({ parts }) => parts.map(({ id }) => id)));
  }
}

function canChoose({ users }: Prunable, containers: ReadonlySet<string>): boolean {
  return users.every(({ id }) => containers.has(id));
}

/** The keys of the objects of these kinds that are chosen at first. */
export function preselected({ all }: Unused, kinds: readonly PruneKind[]): ReadonlySet<string> {
  const chosen = all.filter((object) => object.preselected && kinds.includes(object.kind));
  return new Set(chosen.map(({ key }) => key));
}
