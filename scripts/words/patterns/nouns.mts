/** Worn nouns and adjectives. */
import type { Pattern } from './pattern.mts';

const metaphor = 'a metaphor where a fact exists';
const term = 'not the term of Docker, BuildKit or VS Code';
const archaic = 'archaic';

/** Nouns and adjectives. */
export const nouns: readonly Pattern[] = [
  { pattern: /\bpieces? of advice\b|\bpiece by piece\b/i, reason: term, better: 'hint' },
  { pattern: /\busual\b/i, reason: term, better: 'default, most common', scope: 'product' },
  {
    pattern: /\bfacts of\b|\bshow facts\b/i,
    reason: term,
    better: 'columns, details',
    scope: 'product',
  },
  {
    pattern: /\b(?:of its|of their|of our|of your|of one’s) own\b/i,
    reason: 'often only means "separate"',
    better: 'its own …, a separate …',
    scope: 'messages',
  },
  {
    pattern: /\b(?:hide|hides|hid) nothing\b/i,
    reason: metaphor,
    better: 'has no effect, is unused',
    scope: 'product',
  },
  {
    pattern: /\b(?:is|are|was|were) (?:not |already |no longer )?there\b/i,
    reason: term,
    better: 'exists, is available, is installed',
    scope: 'product',
    except: [{ phrase: /(?:^|[.;] )(?:Is|Are) there\b/, reason: 'a question' }],
  },
  {
    pattern: /\b(?:is|are|was|were|be) gone\b/i,
    reason: metaphor,
    better: 'no longer exists, was removed',
    scope: 'product',
  },
  {
    pattern: /\bin the way\b/i,
    reason: metaphor,
    better: 'blocks, conflicts with',
    scope: 'product',
  },
  { pattern: /\bstrangers?\b/i, reason: metaphor, better: 'untrusted', scope: 'product' },
  {
    pattern: /\b(?:there are|there is) [`{]/i,
    reason: 'a list of values is introduced as one',
    better: 'valid values: …; use x, y or z',
    scope: 'product',
    except: [{ phrase: /there are \{\d\} \w/i, reason: 'a number of things' }],
  },
  {
    pattern: /\bones? that counts?\b|\blast one counts\b/i,
    reason: 'an idiom',
    better: 'only the last one is used',
    scope: 'product',
  },
  { pattern: /\bdoes here what\b/i, reason: archaic, better: 'do the same as', scope: 'product' },
];
