/** A builder as plain data for people to choose from. */
export interface BuilderSummary {
  readonly name: string;
  /** Of docker buildx: `remote`, `docker-container`, `kubernetes`; absent for the engine of a Docker context. */
  readonly driver?: string;
  /** Its address; empty if the driver has none. */
  readonly place: string;
  /** Present if it has several. */
  readonly nodes?: number;
  /** Whether `docker buildx use` selected it. */
  readonly current?: true;
}
