/** The results of earlier builds, kept in the workspace state for comparison. */
import { t } from '@vscode/l10n';
import { formatSize } from '../../ui/format.ts';
import { roundTimeText } from './texts.ts';

export interface StepResult {
  /** The stage and the text of the instruction. */
  readonly key: string;
  readonly line: number;
  readonly bytes?: number;
  /** Absent if it was cached. */
  readonly ms?: number;
}

export interface PastBuild {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly ms: number;
  readonly bytes?: number;
  readonly steps: readonly StepResult[];
}

/** Newest last. */
export type PastBuilds = Readonly<Record<string, PastBuild>>;

const mostFiles = 30;
const mostSteps = 200;

export const pastBuildsKey = 'build.results';

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

/** `18 MB smaller`; undefined if the sizes are shown equal. */
export function sizeChange(bytes: number, before: number | undefined): string | undefined {
  if (before === undefined || formatSize(bytes) === formatSize(before)) return undefined;
  const difference = formatSize(Math.abs(bytes - before));
  return bytes < before ? t('{0} smaller', difference) : t('{0} larger', difference);
}

/** `12 s faster`; undefined for a difference below a second or a twentieth. */
export function timeChange(ms: number, before: number | undefined): string | undefined {
  if (before === undefined) return undefined;
  const difference = Math.abs(ms - before);
  if (difference < 1000 || difference < before / 20) return undefined;
  const text = roundTimeText(difference);
  return ms < before ? t('{0} faster', text) : t('{0} slower', text);
}
