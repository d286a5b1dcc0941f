/** What is measured of a container and known of its machine. */
import type { Container } from '../engine/engine.ts';
import type { Mark } from './page.ts';
import type { Series } from './series.ts';

/** A container and its measurements. */
export interface MeasuredContainer {
  readonly container: Container;
  /** Whether the container was removed. */
  readonly removed: boolean;
  readonly series: Series;
  /** Its limit in bytes, if it is lower than the memory of the host. */
  readonly ownLimit?: number | undefined;
  /** Number of processors that it can use, if that is limited and known. */
  readonly cpuLimit?: number | undefined;
  readonly marks: readonly Mark[];
}

/** What the engine's machine has. */
export interface Host {
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
}
