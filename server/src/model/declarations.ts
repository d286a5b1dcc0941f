/** What is declared under each name. Most stages declare one name or none, for which a map takes more than all else. */
import { appended } from '../text/exact-array.ts';

export class Declarations<T> {
  private name: string | undefined = undefined;
  private list: readonly T[] | undefined = undefined;
  /** All names, if there are several. */
  private all: Map<string, readonly T[]> | undefined = undefined;

  get isEmpty(): boolean {
    return this.name === undefined;
  }
  get(name: string): readonly T[] | undefined {
    if (this.all !== undefined) return this.all.get(name);
    return this.name === name ? this.list : undefined;
  }
  has(name: string): boolean {
    return this.get(name) !== undefined;
  }
  /** Calls `visit` with each name, in the order of their first declarations. */
  eachName(visit: (name: string) => void): void {
    if (this.all !== undefined) for (const name of this.all.keys()) visit(name);
    else if (this.name !== undefined) visit(this.name);
  }
  add(name: string, item: T): void {
    if (this.name === undefined || this.name === name) {
      this.name = name;
      this.list = appended(this.list, item);
      this.all?.set(name, this.list);
      return;
    }
    this.all ??= new Map([[this.name, this.list ?? []]]);
    this.all.set(name, appended(this.all.get(name), item));
  }
}
