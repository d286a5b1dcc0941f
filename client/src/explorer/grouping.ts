/** Groups and sorts items. */

/** Groups by key, in the order in which keys first appear; items without a key are in the last group. */
export function groupByKey<T>(
  things: readonly T[],
  keyOf: (thing: T) => string | undefined,
): readonly { readonly key: string | undefined; readonly members: readonly T[] }[] {
  const groups = new Map<string | undefined, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [thing]);
    else members.push(thing);
  }
  const rest = groups.get(undefined);
  groups.delete(undefined);
  const all = [...groups].map(([key, members]) => ({ key, members }));
  return rest === undefined ? all : [...all, { key: undefined, members: rest }];
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** Compares names as a person expects them; faster than `localeCompare` for long lists. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b);
}

/** Compares by the first measure that differs; greater values first. */
export function compareDescending<T>(
  ...measures: readonly ((thing: T) => number)[]
): (a: T, b: T) => number {
  return (a, b) => {
    for (const measure of measures) {
      const difference = measure(b) - measure(a);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}
