/**
 * Worn wording that `npm run check` refuses, with the reason and the wording to use instead.
 *
 * A pattern is matched without regard to case, in text whose inline code and addresses are masked. Where a word is right
 * after all, `except` names the wider phrase and says why.
 */

/** What a text is for; see `texts.mts`. */
export type Kind =
  'message' | 'fix' | 'summary' | 'prose' | 'manifest' | 'page' | 'output' | 'comment' | 'test';

export interface Exception {
  /** A match that is part of this phrase is accepted. */
  readonly phrase: RegExp;
  readonly reason: string;
}

export interface Pattern {
  readonly pattern: RegExp;
  readonly reason: string;
  readonly better: string;
  /**
   * `product`: not in comments and test names, where the word is common. `messages`: not in pages of documentation either.
   * Everywhere unless given.
   */
  readonly scope?: 'product' | 'messages';
  /** Only texts that come from these files. */
  readonly files?: RegExp;
  readonly except?: readonly Exception[];
}
