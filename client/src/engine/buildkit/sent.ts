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
  #offeredBytes = 0;
  #offeredFiles = 0;
  #requested = 0;
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

  /** A file that the builder may request. */
  offer(directory: string, bytes: number): void {
    if (directory !== contextName) return;
    this.#offeredBytes += bytes;
    this.#offeredFiles++;
  }

  /** The builder requests a file. */
  request(directory: string, bytes: number): void {
    if (directory === contextName) this.#requested += bytes;
  }

  /** Reports the rest. */
  end(): void {
    // The messages that end the transfer count too, so that the last report has everything.
    if (this.#bytes === this.#reportedBytes) return;
    this.#reportedBytes = this.#bytes;
    this.#reportedFiles = this.#files;
    this.#report({
      kind: 'sent',
      bytes: this.#bytes,
      files: this.#files,
      offered: { bytes: this.#offeredBytes, files: this.#offeredFiles },
      requested: this.#requested,
    });
  }
}
