/** How often words follow in real files, by slot. The table is loaded on first use. */

/** The words of one slot with their weights. */
export interface Row {
  /** The weight of all words, also of those that are not listed. */
  readonly total: number;
  readonly words: ReadonlyMap<string, number>;
}

export interface Table {
  /** Undefined if nothing is known of a slot. */
  row(key: string): Row | undefined;
}

let loading: Promise<Table> | undefined;

/** The table that Drydock carries, cached after loading. */
export function nextWordTable(): Promise<Table> {
  return (loading ??= import('../../../reference/next-words.ts').then(({ nextWords }) =>
    tableOf(nextWords),
  ));
}

/** Reads a row when it is first needed: most sessions need few of them. */
export function tableOf(text: string): Table {
  const lines = new Map<string, string>();
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    const tab = text.indexOf('\t', at);
    const lineEnd = end < 0 ? text.length : end;
    if (tab >= 0 && tab < lineEnd) lines.set(text.slice(at, tab), text.slice(tab + 1, lineEnd));
    at = lineEnd + 1;
  }
  const rows = new Map<string, Row>();
  return {
    row: (key) => {
      const known = rows.get(key);
      if (known) return known;
      const line = lines.get(key);
      if (line === undefined) return undefined;
      const row = rowOf(line);
      rows.set(key, row);
      return row;
    },
  };
}

function rowOf(line: string): Row {
  const [total = '', ...rest] = line.split(' ');
  const words = new Map<string, number>();
  for (let i = 0; i + 1 < rest.length; i += 2) words.set(rest[i] ?? '', Number(rest[i + 1]));
  return { total: Number(total), words };
}
