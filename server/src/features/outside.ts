/** What an answer may need that no Dockerfile holds; handed in, so that features know no disk and no engine. */
import type { Registered } from '../lint/rule.ts';

export interface Images {
  /** Names of images at hand that begin with a prefix, the likeliest first. */
  search(prefix: string): Promise<readonly string[]>;
}

export interface Outside {
  readonly images: Images;
  readonly rules: readonly Registered[];
}
