/** Finds paths by a directory that contains them, without comparing it with each of them. */

/** A directory or file, and the number of the first path that is at or below it. */
interface PathNode {
  readonly first: number;
  below: Map<string, PathNode> | undefined;
}

/** Paths, numbered in the order in which they are added. */
export class PathIndex {
  readonly #paths: string[] = [];
  readonly #top = new Map<string, PathNode>();
  /** For each pattern, the number of the first path that it covers. */
  readonly #byPattern = new Map<string, number | undefined>();

  /** Adds a path after those that were added before. */
  add(path: string): void {
    const number = this.#paths.push(path) - 1;
    let nodes = this.#top;
    for (const name of path.split('/')) {
      let node = nodes.get(name);
      if (node === undefined) nodes.set(name, (node = { first: number, below: undefined }));
      nodes = node.below ??= new Map<string, PathNode>();
    }
    this.#byPattern.clear();
  }

  /** The number of the first path that is the given one, is below it, or matches it, where it contains one `*`. */
  firstCovered(path: string): number | undefined {
    const within = this.#firstWithin(path);
    if (!path.includes('*')) return within;
    const matching = this.#byPattern.has(path)
      ? this.#byPattern.get(path)
      : this.#firstMatching(path);
    this.#byPattern.set(path, matching);
    return within === undefined || matching === undefined
      ? (within ?? matching)
      : Math.min(within, matching);
  }

  #firstWithin(path: string): number | undefined {
    let nodes: Map<string, PathNode> | undefined = this.#top;
    let first: number | undefined;
    for (const name of path.split('/')) {
      const node: PathNode | undefined = nodes?.get(name);
      if (node === undefined) return undefined;
      first = node.first;
      nodes = node.below;
    }
    return first;
  }

  #firstMatching(pattern: string): number | undefined {
    const star = pattern.indexOf('*');
    const [start, end] = [pattern.slice(0, star), pattern.slice(star + 1)];
    if (end.includes('*')) return undefined;
    const slash = start.lastIndexOf('/');
    const from = slash < 0 ? 0 : this.#firstWithin(start.slice(0, slash));
    if (from === undefined) return undefined;
    for (let i = from; i < this.#paths.length; i++) {
      const path = this.#paths[i];
      if (path?.startsWith(start) === true && path.endsWith(end)) return i;
    }
    return undefined;
  }
}
