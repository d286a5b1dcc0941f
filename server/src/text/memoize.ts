/**
 * Remembers the results of a function that is called with the same few texts in most files. If there are too many
 * different texts, such as invented names, the results are dropped, so that they do not fill the memory.
 */
export function memoize<T>(limit: number, compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= limit) known.clear();
    const result = compute(text);
    known.set(text, result);
    return result;
  };
}

/** Remembers the results for all keys, as long as the function is kept: for one run of a rule over a file, for example. */
export function onceFor<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key) as V;
  };
}
