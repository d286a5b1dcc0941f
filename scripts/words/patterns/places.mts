/** Worn words for places in a text and for its parts. */
import type { Pattern } from './pattern.mts';

const term = 'not the term of Docker, BuildKit or VS Code';

/** Words for places and parts of a text. */
export const places: readonly Pattern[] = [
  {
    pattern: /\bbehind\b/i,
    reason: 'text comes after text',
    better: 'after, below',
    except: [
      { phrase: /behind (?:a|an|the) (?:\w+ )?(?:proxy|firewall|router|NAT)/i, reason: 'the term' },
      { phrase: /\b(?:left|leaves?|leaving)\b(?: \S+){0,4} behind/i, reason: 'the idiom' },
    ],
  },
  {
    pattern: /\bin front of\b|\bthe \w+ in front\b/i,
    reason: 'text precedes text',
    better: 'before, above',
  },
  {
    pattern: /\bblanks?\b/i,
    reason: term,
    better: 'space, whitespace',
    except: [{ phrase: /\bblank (?:lines?|page)\b/i, reason: 'the term' }],
  },
  {
    pattern: /\bsigns?\b/i,
    reason: term,
    better: 'character',
    except: [
      {
        phrase: /\b(?:equals?|dollar|percent|plus|minus|at|number|pound) signs?\b/i,
        reason: 'the name of the character',
      },
      { phrase: /\bsigns? (?:in|out|up|of)\b/i, reason: 'another word' },
      {
        phrase: /\b(?:to|not|must|can|and|or|which|that|who|keys?) signs?\b/i,
        reason: 'signing of packages',
      },
    ],
  },
  { pattern: /\bsmall letters?\b/i, reason: term, better: 'lowercase' },
  { pattern: /\bcapitals\b|\bcapital letters?\b/i, reason: term, better: 'uppercase' },
  {
    pattern: /\b(?:upper|lower)[ -]case\b/i,
    reason: "one word in Docker's documentation",
    better: 'uppercase, lowercase',
    scope: 'product',
  },
  { pattern: /\bback-ticks?\b/i, reason: 'one word', better: 'backtick' },
  {
    pattern: /\bfolders?\b/i,
    reason:
      'a path in Linux, in a container or in a Dockerfile is a directory; a folder is what VS Code opens',
    better: 'directory',
    scope: 'product',
    files: /^server\/src\/(?:rules|reference|programs|shell|shellcheck|syntax|model)\//,
    except: [{ phrase: /workspace folders?/i, reason: 'the term of VS Code' }],
  },
];
