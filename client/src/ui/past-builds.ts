/** The results of earlier builds, kept in the workspace state. */

export interface StepResult {
  /** The stage and the text of the instruction. */
  readonly key: string;
  readonly line: number;
  readonly bytes?: number;
  /** Absent if it was cached. */
  readonly ms?: number;
  /** Of a cached step: milliseconds of the execution that is known. */
  readonly ran?: number;
  /** The index of its entry in the history of the image, the latest entry first. */
  readonly entry?: number;
}

export interface PastBuild {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly ms: number;
  readonly bytes?: number;
  /** The id of the image. */
  readonly image?: string;
  readonly steps: readonly StepResult[];
}

/** Newest last. */
export type PastBuilds = Readonly<Record<string, PastBuild>>;

const mostFiles = 30;
const mostSteps = 200;

export const pastBuildsKey = 'build.results';

/** The key of the directory that was the context of the last build of a Dockerfile. */
export function contextKey(dockerfile: string): string {
  return `build.directory:${dockerfile}`;
}

/** Reads what `addPastBuild` has written; anything else counts as nothing. */
export function readPastBuilds(text: string | undefined): PastBuilds {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as PastBuilds) : {};
  } catch {
    return {};
  }
}

/** Adds the result of a Dockerfile; the oldest results are dropped. */
export function addPastBuild(past: PastBuilds, dockerfile: string, build: PastBuild): string {
  const others = Object.entries(past).filter(([file]) => file !== dockerfile);
  const kept = others.slice(-(mostFiles - 1));
  const bounded = { ...build, steps: build.steps.slice(0, mostSteps) };
  return JSON.stringify(Object.fromEntries([...kept, [dockerfile, bounded]]));
}

/** The last build that made the image; undefined if it is not known. */
export function pastBuildOf(past: PastBuilds, image: string): PastBuild | undefined {
  return Object.values(past).findLast((build) => build.image === image);
}

/** The last build of a Dockerfile, of whichever target, that made an image. */
export function lastImageOf(past: PastBuilds, dockerfile: string): PastBuild | undefined {
  const own = Object.entries(past).filter(([key]) => isKeyOf(key, dockerfile));
  const made = own.map(([, build]) => build).filter(({ image }) => image !== undefined);
  return made.sort((a, b) => a.at - b.at).at(-1);
}

/** Targets of one Dockerfile are compared with themselves. */
export function pastBuildKey(dockerfile: string, target: string | undefined): string {
  return target === undefined ? dockerfile : `${dockerfile}#${target}`;
}

function isKeyOf(key: string, dockerfile: string): boolean {
  return key === dockerfile || key.startsWith(`${dockerfile}#`);
}
