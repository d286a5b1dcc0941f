/**
 * Limits how much text is on its way to a terminal. VS Code has no flow control for terminals of extensions, and discards
 * text when too much of it waits. The terminal is therefore asked for a mode that does not exist (DECRQM), which it answers
 * when it has drawn everything before the question.
 */
import { EscapeSequences } from './escape-sequences.ts';

/** Characters after which the terminal is asked. */
const interval = 256 * 1024;
/** Questions without an answer after which no more text is written. */
const longestQueue = 4;
/** How long to wait for the first answer, in milliseconds; a terminal that never answers has no flow control. */
const patience = 5_000;

const question = '\x1B[?974213$p';
const answer = /\x1B\[\?974213;\d\$y/g;

export class FlowControl {
  readonly #write: (text: string) => void;
  readonly #sequences = new EscapeSequences();
  #sinceQuestion = 0;
  #unanswered = 0;
  #support: 'unknown' | 'yes' | 'no' = 'unknown';
  #resume: (() => void) | undefined;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Resolves when more text can be written. */
  async write(text: string): Promise<void> {
    this.#write(text);
    if (this.#support === 'no') return;
    this.#sequences.read(text);
    this.#sinceQuestion += text.length;
    if (this.#sinceQuestion < interval || !this.#sequences.isComplete) return;
    this.#sinceQuestion = 0;
    this.#unanswered += 1;
    this.#write(question);
    while (this.#unanswered >= longestQueue) await this.#answered();
  }

  /** The input without the answers of the terminal. */
  filter(input: string): string {
    const rest = input.replace(answer, '');
    if (rest.length === input.length) return input;
    this.#support = 'yes';
    const answers = input.match(answer)?.length ?? 0;
    this.#unanswered = Math.max(0, this.#unanswered - answers);
    this.#resume?.();
    return rest;
  }

  /** Ends the wait, for a terminal that is closed. */
  end(): void {
    this.#support = 'no';
    this.#unanswered = 0;
    this.#resume?.();
  }

  #answered(): Promise<void> {
    return new Promise((resolve) => {
      const timer =
        this.#support === 'unknown' ? setTimeout(() => this.end(), patience) : undefined;
      this.#resume = () => {
        clearTimeout(timer);
        this.#resume = undefined;
        resolve();
      };
    });
  }
}
