/** Verbs that make programs into people. */
import type { Pattern } from './pattern.mts';

const metaphor = 'a metaphor where a fact exists';
const archaic = 'archaic';

/** Verbs that make programs into people. */
export const verbs: readonly Pattern[] = [
  {
    pattern: /\b(?:tells?|told|telling)\b/i,
    reason: 'programs report',
    better: 'reports, shows, indicates',
  },
  { pattern: /\bmend(?:s|ed|ing)?\b/i, reason: archaic, better: 'fix, repair' },
  { pattern: /\bminds?\b/i, reason: 'programs do not mind', better: 'ignores, accepts, note that' },
  { pattern: /\bmakes? (?:no )?sense\b/i, reason: 'vague', better: 'is valid, is useful' },
  {
    pattern:
      /\b(?:asks|asked|ask) (?:for|nobody|nothing|whether|how|where|ShellCheck)\b|\bunasked\b|\basks\b/i,
    reason: 'programs require, request or wait for',
    better: 'requires, requests, waits for confirmation',
    scope: 'product',
    except: [
      {
        phrase:
          /\bask(?:s|ed)? for (?:(?:an?|the|your) )?(?:\w+ )?(?:confirmation|password|name|tag|port|folder|address)\b/i,
        reason: 'VS Code asks the user',
      },
    ],
  },
  {
    pattern: /\b(?:wants|wanted|want)\b/i,
    reason: 'programs require',
    better: 'requires, must',
    scope: 'product',
    except: [
      { phrase: /\b(?:you|people|users|they|to|not|do you) want\b/i, reason: 'people want' },
    ],
  },
  {
    pattern: /\bknows? (?:no|nothing|neither|only)\b/i,
    reason: 'programs support',
    better: 'does not support',
    scope: 'product',
  },
  {
    pattern: /\bgoes (?:with|by|on|down|away|along)\b|\bgo with it\b/i,
    reason: metaphor,
    better: 'requires, continues, is removed',
    scope: 'product',
  },
  {
    pattern:
      /\b(?:says?|said) (?:no|so|nothing|how|where|what|which|whether|otherwise|again|twice|once|of|the same)\b|\bunless said\b/i,
    reason: 'files and settings set, specify or contain',
    better: 'specifies, sets, describes',
    scope: 'messages',
  },
  {
    pattern: /\bnothing says\b|\bsay with\b|\bsay in\b/i,
    reason: 'files and settings set, specify or contain',
    better: 'specify',
    scope: 'product',
  },
  {
    pattern: /\b(?:is|are|was|were|be) made of\b|\bnothing is made of\b|\bmade (?:out )?of it\b/i,
    reason: archaic,
    better: 'is built from, is created from, is unused',
  },
  {
    pattern: /^Makes? |\bmakes (?:a|an|the) /i,
    reason: 'Docker creates and builds',
    better: 'creates, builds',
    scope: 'product',
    except: [
      {
        phrase:
          /\bmakes the (?:image|build|file|container|step)s? (?:larger|smaller|fail|unusable|read-only|depend)\b/i,
        reason: 'means "causes to be"',
      },
    ],
  },
  {
    pattern: /\bbrings?\b|\bbrought\b/i,
    reason: metaphor,
    better: 'includes, installs, updates',
    scope: 'product',
    except: [{ phrase: /\bbring back\b|\bbring-back\b/i, reason: 'the name of a command' }],
  },
  {
    pattern: /\bkeeps? to\b|\bkeep\w* in step\b/i,
    reason: 'an idiom',
    better: 'use, match',
    scope: 'product',
  },
  { pattern: /\blook(?:s|ing)? after\b/i, reason: metaphor, better: 'manages', scope: 'product' },
  {
    pattern: /\bweigh(?:s|ed)?\b/i,
    reason: metaphor,
    better: 'is 20 MB in size',
    scope: 'product',
  },
  { pattern: /\bsome \d/i, reason: archaic, better: 'about', scope: 'product' },
  { pattern: /\bpaid for\b/i, reason: metaphor, better: 'stored twice', scope: 'product' },
  {
    pattern: /\bhand(?:s|ed)? (?:over|out|in|on)\b|\bhand (?:secrets|passwords)\b/i,
    reason: metaphor,
    better: 'pass, provide',
    scope: 'product',
  },
  {
    pattern: /\bthrow(?:s|n)? away\b/i,
    reason: metaphor,
    better: 'discard, delete',
    scope: 'product',
  },
  {
    pattern: /\btak(?:es?|en|ing) (?:off|away|over|notice)\b/i,
    reason: 'an idiom',
    better: 'removes, replaces, disables',
    scope: 'product',
  },
  { pattern: /\bsettles?\b/i, reason: metaphor, better: 'resolves', scope: 'product' },
  { pattern: /\breckon(?:s|ed)?\b/i, reason: archaic, better: 'compute' },
  { pattern: /\bvouch(?:es)?\b|\blends?\b/i, reason: metaphor, better: 'verifies, provides' },
  {
    pattern: /\bforgets?\b|\bforgotten\b/i,
    reason: 'programs lose, drop or omit',
    better: 'drops, omits',
    scope: 'product',
  },
  { pattern: /\bbreaks? off\b/i, reason: 'an idiom', better: 'is interrupted', scope: 'product' },
  { pattern: /\b(?:rule|it) is silent\b/i, reason: metaphor, better: 'reports nothing' },
  {
    pattern: /\b(?:does|did|do) not work\b/i,
    reason: 'vague',
    better: 'fails, failed',
    scope: 'product',
  },
  {
    pattern: /\b(?:does not|do not|did not|what|that|it) fits?\b|\bfits together\b/i,
    reason: metaphor,
    better: 'match, is compatible',
    scope: 'product',
  },
  {
    pattern: /\bloads (?:a|an|all|archives|commits|keys|large|more|no|only|packages|the|what)\b/i,
    reason: 'package managers download',
    better: 'downloads',
    scope: 'product',
    files: /^server\/src\/(?:rules|reference|programs)\//,
  },
];
