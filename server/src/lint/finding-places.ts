/** Where rules have found something. */
import { firstNotLess } from '../text/sorted.ts';
import type { Finding } from './rule.ts';

/** Answers whether findings begin in others of the same rule, or build errors in one another, without comparing all of them. */
export class FindingPlaces {
  readonly #byKind = new Map<string, Places>();

  constructor(findings: readonly Finding[]) {
    const sorted = findings.toSorted((a, b) => a.at.span.start - b.at.span.start);
    for (const one of sorted) {
      this.#add(one.rule, one);
      if (one.category === 'build-error') this.#add(buildErrors, one);
    }
  }
  #add(kind: string, { at: { span } }: Finding): void {
    let places = this.#byKind.get(kind);
    if (places === undefined) this.#byKind.set(kind, (places = { starts: [], ends: [] }));
    places.starts.push(span.start);
    places.ends.push(Math.max(places.ends.at(-1) ?? 0, span.end, span.start + 1));
  }
  /** Whether a finding begins in one of them that says the same: of its rule, or a build error if it is one, too. */
  contain({ rule, category, at: { span } }: Finding): boolean {
    return (
      isWithin(this.#byKind.get(rule), span.start) ||
      (category === 'build-error' && isWithin(this.#byKind.get(buildErrors), span.start))
    );
  }
}

/** In the order of their starts. */
interface Places {
  readonly starts: number[];
  /** The greatest end of a place and of all those before it. */
  readonly ends: number[];
}

/** Not the id of a rule. */
const buildErrors = '';

function isWithin(places: Places | undefined, offset: number): boolean {
  if (places === undefined) return false;
  return (places.ends[firstNotLess(places.starts, offset + 1) - 1] ?? 0) > offset;
}
