/** The name that was probably meant. */

/** The name with the smallest number of different characters, if it is similar. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(name.length * 0.4));
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const other of names) {
    // Long names cannot be typing errors of each other, and comparing them takes time.
    if (Math.abs(other.length - name.length) > most || other.length > 100) continue;
    const distance = distanceOf(name.toLowerCase(), other.toLowerCase());
    if (distance <= most && (best === undefined || distance < best.distance)) {
      best = { name: other, distance };
    }
  }
  return best?.name;
}

/** The Levenshtein distance. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
