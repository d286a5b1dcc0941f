/** Sends the changes of a form in order, each with a number that the answering state contains. */
import type { FromForm } from '../../src/form/page.ts';

/** Delay after typing before a change is sent, in milliseconds. */
const typingDelay = 120;

export type Change = FromForm extends infer M
  ? M extends FromForm
    ? Omit<M, 'version'>
    : never
  : never;

export class Changes {
  readonly #send: (message: FromForm) => void;
  #version = 0;
  #pending: { readonly key: string; readonly change: Change; readonly timer: number } | undefined;

  constructor(send: (message: FromForm) => void) {
    this.#send = send;
  }

  /** The number of the last change, also of one that is not sent yet. */
  get version(): number {
    return this.#version;
  }

  /** Sends a change after a pause in typing; a change of something else is sent before it. */
  later(key: string, change: Change): void {
    if (this.#pending !== undefined && this.#pending.key !== key) this.#flush();
    if (this.#pending !== undefined) clearTimeout(this.#pending.timer);
    else this.#version++;
    const timer = setTimeout(() => this.#flush(), typingDelay);
    this.#pending = { key, change, timer };
  }

  /** Sends a change at once, after the one that waits. */
  now(change: Change): void {
    this.#flush();
    this.#version++;
    this.#post(change);
  }

  #flush(): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    clearTimeout(pending.timer);
    this.#pending = undefined;
    this.#post(pending.change);
  }

  #post(change: Change): void {
    this.#send({ ...change, version: this.#version });
  }
}
