/** Counts what is sent of the build context, and reports it now and then. */
import type { BuildEvent } from '../../../../contract/build.ts';
import { contextName } from './frontend-attributes.ts';

/** Bytes and files between two reports. */
const everyBytes = 512 * 1024;
const everyFiles = 200;

export class SentCounter {
  readonly #report: (event: BuildEvent) => unknown;
  #bytes = 0;
  #files = 0;
  #reportedBytes = 0;
  #reportedFiles = 0;

  constructor(report: (event: BuildEvent) => unknown) {
    this.#report = report;
  }

  add(directory: string, bytes: number, isFileEnd: boolean): void {
    if (directory !== contextName) return;
    this.#bytes += bytes;
    if (isFileEnd) this.#files++;
    const isMuch = this.#bytes - this.#reportedBytes >= everyBytes;
    if (isMuch || this.#files - this.#reportedFiles >= everyFiles) this.end();
  }

  /** Reports the rest. */
  end(): void {
    if (this.#bytes === this.#reportedBytes) return;
    this.#reportedBytes = this.#bytes;
    this.#reportedFiles = this.#files;
    this.#report({ kind: 'sent', bytes: this.#bytes, files: this.#files });
  }
}
