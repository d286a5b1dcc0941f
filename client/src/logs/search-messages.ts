/** The messages between the extension and the thread that searches with expressions. */
import type { ChunkMemory } from './log-chunk.ts';
import type { Query, Selection } from './search.ts';

export type ToSearch =
  | {
      readonly kind: 'lines';
      readonly id: number;
      readonly query: Query;
      readonly memory: ChunkMemory;
      readonly first: number;
      readonly range: readonly [number, number];
      readonly selection: Selection;
    }
  | {
      readonly kind: 'ranges';
      readonly id: number;
      readonly query: Query;
      readonly texts: readonly string[];
    };

export type FromSearch =
  /** Sent before each search: the time that it may take begins. */
  | { readonly kind: 'begin'; readonly id: number }
  | { readonly kind: 'lines'; readonly id: number; readonly lines: Uint32Array }
  | {
      readonly kind: 'ranges';
      readonly id: number;
      readonly ranges: readonly (readonly (readonly [number, number])[])[];
    };
