/** What engines reported of the failing builds when they were recorded. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BuildFailure, FailedLines } from '../../../contract/build.ts';
import type { FailedBuild } from '../../../server/src/outcome/failures.ts';
import type { FailingBuild } from './cases.ts';

export interface Recorded {
  readonly message: string;
  readonly exitCode?: number;
  /** The name of the step that failed. */
  readonly step?: string;
  /** The lines of each source that the builder names. */
  readonly lines?: readonly FailedLines['lines'][];
  /** The output of the failed step. */
  readonly log?: string;
  /** The names of all steps. */
  readonly steps: readonly string[];
}

/** The versions of the engines that were recorded. */
export const recordedVersions = ['20.10', '28.5'] as const;

function fileOf(version: string): string {
  return path.join(import.meta.dirname, 'recorded', `${version}.json`);
}

/** By the name of the case. */
export function recordedBuilds(version: string): Readonly<Record<string, Recorded>> {
  const file = fileOf(version);
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Recorded>)
    : {};
}

/** Replaces what was recorded. */
export function writeRecorded(version: string, builds: Readonly<Record<string, Recorded>>): void {
  writeFileSync(fileOf(version), `${JSON.stringify(builds, null, 2)}\n`);
}

/** A recorded failure as the client reports it. */
export function recordedFailure(build: FailingBuild, recorded: Recorded): FailedBuild {
  const { message, exitCode, step, lines = [], log = '' } = recorded;
  const failure: BuildFailure = {
    message,
    ...(exitCode !== undefined && { exitCode }),
    ...(step !== undefined && { step: { id: 'failed', name: step } }),
    sources: lines.map((one) => ({ file: 'Dockerfile', text: build.dockerfile, lines: one })),
  };
  return failedBuild(build, failure, log);
}

/** With the ignore files and the names of the files in the build context. */
export function failedBuild(
  { files, target }: FailingBuild,
  failure: BuildFailure,
  log: string,
): FailedBuild {
  const ignoreFiles = ['Dockerfile.dockerignore', '.dockerignore'].flatMap((name) => {
    const file = files.find((one) => one.path === name);
    return file ? [{ path: name, text: file.content.toString() }] : [];
  });
  return {
    failure,
    log,
    ...(target !== undefined && { target }),
    ignoreFiles,
    contextNames: files.map((one) => one.path),
  };
}
