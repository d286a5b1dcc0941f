/**
 * Descriptions of entries and contents of files take turns. BuildKit creates the files that are described and writes the contents
 * of others at the same time, but it receives both in one stream: after thousands of descriptions, contents would have to wait
 * until all these files are created, and a first build of many small files would take twice as long.
 */

/** Bytes of contents that count like one file: a few large files must not hold up the descriptions of all others. */
const bytesPerFile = 4096;

export class Turns {
  /** The contents that were sent since the last turn of the descriptions, in files. */
  #sent = 0;
  #wanted = 0;
  #resume: (() => void) | undefined;

  /** Counts a part of a content. */
  count(bytes: number, isFileEnd: boolean): void {
    this.#sent += bytes / bytesPerFile + (isFileEnd ? 1 : 0);
    if (this.#sent >= this.#wanted) this.wake();
  }

  /** No contents are being sent. */
  wake(): void {
    this.#resume?.();
    this.#resume = undefined;
  }

  /** Resolves when contents were sent for so many descriptions, or none are being sent. */
  async after(descriptions: number, areSending: () => boolean): Promise<void> {
    if (areSending() && this.#sent < descriptions) {
      this.#wanted = descriptions;
      await new Promise<void>((resolve) => (this.#resume = resolve));
    }
    this.#sent = 0;
  }
}
