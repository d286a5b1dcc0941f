/**
 * The same answers, given once: for what the same few texts are asked again and again, in most files. When there are too
 * many of them, as of names that people made up, it begins anew, so that they do not fill the memory.
 */
export function remembering<T>(most: number, answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const made = answer(text);
    known.set(text, made);
    return made;
  };
}
