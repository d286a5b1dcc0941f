/** What the comparisons with `docker cp` have in common: targets, how they are created, and what counts as a success. */
import type { CopyOptions } from '../../client/src/copy/copy.ts';
import { isEngineError } from '../../client/src/engine/errors.ts';

/** Sources that are files, directories and links to them, with all endings. */
export const plainSources: readonly string[] = [
  'f',
  'd',
  'd/',
  'd/.',
  'lf',
  'ld',
  'ld/',
  'ld/.',
  'e',
];

export const targets: readonly string[] = [
  'dir',
  'dir/',
  'dir/.',
  'file',
  'file/',
  'new',
  'new/',
  'no/new',
  'ldir',
  'lfile',
  'lnone',
];

/** A script that creates the targets of so many cases, the same for both sides. */
export function createTargets(count: number): string {
  const indexes = Array.from({ length: count }, (_, index) => index).join(' ');
  return `
here=$PWD
for i in ${indexes}; do for who in mine theirs; do
  mkdir -p $here/$i/$who; cd $here/$i/$who
  mkdir -p -m 750 dir dir/d dir/d/sub inner; chmod 700 dir/d/sub; echo old > file; ln -s dir ldir; ln -s file lfile; ln -s nothing lnone
done; done`;
}

export const overwriteAll: CopyOptions = {
  signal: new AbortController().signal,
  report: () => undefined,
  confirmOverwrite: () => Promise.resolve(true),
};

/** False if the copy was rejected; any error that is not an EngineError fails the test. */
export function succeeded(attempt: Promise<unknown>): Promise<boolean> {
  return attempt.then(
    () => true,
    (error: unknown) => {
      if (isEngineError(error)) return false;
      throw error;
    },
  );
}
