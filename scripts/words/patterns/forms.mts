/** Old and poetic forms, idioms, and the spelling. */
import type { Pattern } from './pattern.mts';

const metaphor = 'a metaphor where a fact exists';
const archaic = 'archaic';

/** Old and poetic forms. */
export const oldForms: readonly Pattern[] = [
  { pattern: /\banew\b/i, reason: archaic, better: 'again, from scratch' },
  {
    pattern: /\b(?:is|are|was|were|be|been) no\b/i,
    reason: 'negate the verb: "is not a valid duration", never "is no duration"',
    better: 'is not a …',
    except: [
      {
        phrase:
          /\bthere (?:is|are|was|were|has been|have been|can be|will be|must be|would be) no\b/i,
        reason: 'plain English',
      },
      {
        phrase:
          /\b(?:is|are|was|were|be) no (?:longer|more|less|later|earlier|larger|smaller|worse|matter)\b/i,
        reason: 'plain English',
      },
    ],
  },
  {
    pattern:
      /\b(?:takes?|needs?|makes?|runs?|asks?|names?|keeps?|writes?|installs?|loads?|holds?|assigns?|checks?|shows?|knows?|sees?|finds?|gets?|gives?|reads?|sends?|call|hands?|allows?|belongs? to|stores?) no\b/i,
    reason: 'negate the verb: "does not accept flags", never "takes no flags"',
    better: 'does not … any',
    scope: 'product',
    except: [
      {
        phrase: /\bno (?:more|longer|less|later|fewer|matter|such|other)\b/i,
        reason: 'plain English',
      },
    ],
  },
  {
    pattern: /\bstands?\b|\bstanding\b|\bstood\b/i,
    reason: metaphor,
    better: 'is, comes, appears',
    except: [
      { phrase: /\bstands? for\b|\blong-standing\b/i, reason: 'means "is an abbreviation of"' },
    ],
  },
  {
    pattern: /\b(?:lies|lie|lay|lays|laid|lain)\b/i,
    reason: metaphor,
    better: 'is in, is below',
    except: [{ phrase: /\b(?:lay|lays|laid) out\b/i, reason: 'the term for arranging boxes' }],
  },
  { pattern: /\bin force\b/i, reason: archaic, better: 'active, in effect' },
  { pattern: /\bcan not\b/i, reason: 'one word', better: 'cannot' },
  {
    pattern: /\b(?:nobody|somebody|anybody|everybody)\b/i,
    reason: 'says who where the fact is what happens',
    better: 'no one, someone, anyone, everyone; or the passive',
    except: [],
  },
  { pattern: /\bwhoever\b|\bwhomever\b/i, reason: archaic, better: 'anyone who' },
  {
    pattern: /\b(?:whatever|whichever)\b/i,
    reason: 'vague',
    better: 'any, regardless of, the … that',
    scope: 'product',
  },
  {
    pattern:
      /\b(?:whence|hitherto|herein|therein|thereof|thereby|lest|albeit|upon|amid|amongst|whilst|nought|aright|kin)\b/i,
    reason: archaic,
    better: 'a current word',
  },
  { pattern: /\ba second time\b/i, reason: archaic, better: 'again, twice, another copy of' },
  {
    pattern: /\bfor good\b/i,
    reason: 'an idiom',
    better: 'permanently',
    except: [{ phrase: /\bfor good (?:reasons?|measure|practice)\b/i, reason: 'another meaning' }],
  },
  {
    pattern: /\bby heart\b|\bwithout a word\b|\baloud\b|\bdead weight\b|\bhandy for\b/i,
    reason: 'an idiom',
    better: 'the fact',
  },
  {
    pattern: /\b(?:the|this|that|these) very\b/i,
    reason: archaic,
    better: 'the same, the exact, this',
  },
  { pattern: /\blet not\b/i, reason: archaic, better: 'do not let' },
  { pattern: /\bfor the sake of\b/i, reason: archaic, better: 'because of, for' },
  { pattern: /\bis the custom\b|\bby custom\b/i, reason: archaic, better: 'by convention' },
  {
    pattern: /\bmisspelt\b|\bspelt\b/i,
    reason: 'American English, as in VS Code',
    better: 'misspelled',
    scope: 'product',
  },
  {
    pattern:
      /\b(?:colours?|behaviours?|licences?|optimis\w+|recognis\w+|normalis\w+|neighbours?|favours?|centres?|grey)\b/i,
    reason: "American English, as in Docker's documentation and VS Code",
    better: 'color, behavior, license, …ize',
    scope: 'product',
  },
  {
    pattern: /(?:^|[.;:!] )What (?![^.]*\?)/,
    reason: 'a clause without its noun',
    better: 'name the thing',
    scope: 'product',
    except: [
      {
        phrase: /What (?:it does|is new|to do|happens)\b|What’s New|What's new/i,
        reason: 'a heading',
      },
    ],
  },
  {
    pattern: /(?:^|[.;:!] )Where (?![^.]*\?)[^.,:]*,/,
    reason: 'a condition',
    better: 'If, When',
    scope: 'product',
  },
  {
    pattern: /(?:^|[.;:!] )Of [`{]/,
    reason: 'inverted word order',
    better: 'start with the subject',
    scope: 'product',
  },
  { pattern: /^Such as\b/, reason: 'not a sentence', better: 'Example:', scope: 'product' },
  {
    pattern: /^Whose\b(?!.*\?)/,
    reason: 'not a sentence',
    better: 'start with a verb',
    scope: 'product',
  },
];
