/** Creates the files of a staging directory, with as few requests to the system as possible: an archive can have thousands. */
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  futimesSync,
  openSync,
  writeSync,
} from 'node:fs';
import type { TarEntry } from '../engine/tar.ts';
import { onWindows } from './copy-task.ts';
import type { LocalPath } from './names.ts';

export class StagedFiles {
  /** Modes that new files have as requested: the umask and access control lists of the directory can remove parts of others. */
  readonly #exactModes = new Set<number>();

  /**
   * A descriptor of a new file. Throws the error of the file system. The file has its final mode although it is empty, because no
   * other user can look into the staging directory.
   */
  create(path: LocalPath, entry: TarEntry): number {
    const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants;
    const flags = O_CREAT | O_EXCL | O_WRONLY | (onWindows ? 0 : O_NOFOLLOW);
    return openSync(path, flags, modeOf(entry));
  }

  /** Writes the whole content, sets the properties and closes the file. */
  complete(descriptor: number, content: Buffer, entry: TarEntry): void {
    try {
      for (let at = 0; at < content.length;) at += writeSync(descriptor, content, at);
      this.setProperties(descriptor, entry);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Of a file that was created here, when its content is complete. */
  setProperties(descriptor: number, entry: TarEntry): void {
    const mode = modeOf(entry);
    if (!this.#exactModes.has(mode)) {
      if ((fstatSync(descriptor).mode & 0o7777) === mode) this.#exactModes.add(mode);
      else fchmodSync(descriptor, mode);
    }
    const seconds = secondsOf(entry);
    if (seconds !== undefined) futimesSync(descriptor, seconds, seconds);
  }
}

/** Without setuid, setgid and sticky. */
export function modeOf({ mode }: TarEntry): number {
  return mode & 0o777;
}

/** When it was modified, in seconds since 1970. */
export function secondsOf({ modified }: TarEntry): number | undefined {
  return modified === undefined ? undefined : modified.getTime() / 1000;
}
