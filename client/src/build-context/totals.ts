/** Sums of the files of a build context, for the context and each of its directories. */
import type { ReadContext } from './read-context.ts';
import type { ShownPart } from './page.ts';

export interface Amount {
  readonly bytes: number;
  readonly files: number;
}

interface Sum {
  bytes: number;
  files: number;
}

export class ContextTotals {
  /** By the id of the entry plus one; the first ones are of the context itself. */
  readonly #sums: Readonly<Record<ShownPart, readonly Sum[]>>;
  readonly #children: readonly (readonly number[])[];
  /** For each pattern, what it excludes. */
  readonly byPattern: ReadonlyMap<number, Amount>;

  constructor({ tree, decisions, readBy, knowsReaders }: ReadContext) {
    const sums = () => Array.from({ length: tree.entries.length + 1 }, (): Sum => ({ bytes: 0, files: 0 })); // prettier-ignore
    const all = { included: sums(), excluded: sums(), unused: sums() };
    const children: number[][] = Array.from({ length: tree.entries.length + 1 }, () => []);
    const byPattern = new Map<number, Sum>();
    for (const [i, { parent }] of tree.entries.entries()) children[parent + 1]?.push(i);
    // Each entry is after its directory, so from the end on the sums of a directory are complete before they are added.
    for (let i = tree.entries.length - 1; i >= 0; i--) {
      const entry = tree.entries[i];
      if (entry === undefined) continue;
      const decision = decisions[i];
      const own: Sum = { bytes: entry.bytes, files: entry.kind === 'directory' ? 0 : 1 };
      if (decision?.isExcluded === true) {
        add(all.excluded[i + 1], own);
        const sum = byPattern.get(decision.by) ?? { bytes: 0, files: 0 };
        add(sum, own);
        byPattern.set(decision.by, sum);
      } else {
        add(all.included[i + 1], own);
        if (knowsReaders && readBy[i] === -1) add(all.unused[i + 1], own);
      }
      for (const part of Object.values(all)) add(part[entry.parent + 1], part[i + 1]);
    }
    this.#sums = all;
    this.#children = children;
    this.byPattern = byPattern;
  }

  /** The files in an entry, or that it is; -1 is the context. */
  of(id: number, part: ShownPart): Amount {
    return this.#sums[part][id + 1] ?? { bytes: 0, files: 0 };
  }

  /** The entries of a directory that have something of this part, the largest first. */
  childrenOf(id: number, part: ShownPart): readonly number[] {
    const amount = (child: number): Amount => this.of(child, part);
    return (this.#children[id + 1] ?? [])
      .filter((child) => amount(child).files > 0)
      .sort(
        (a, b) => amount(b).bytes - amount(a).bytes || amount(b).files - amount(a).files || a - b,
      );
  }
}

function add(sum: Sum | undefined, more: Amount | undefined): void {
  if (sum === undefined || more === undefined) return;
  sum.bytes += more.bytes;
  sum.files += more.files;
}
