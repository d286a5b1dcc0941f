/** What the parser refuses, handed to the rules of category build-error: each code has one rule. */
import type { Model } from '../../model/model.ts';
import type { SyntaxTrouble } from '../../syntax/tree.ts';
import { hasMisprint } from '../../text/misprints.ts';

/** Codes by the rule that speaks of them; a law holds this against what the parser can say. */
export const claims: Readonly<Record<string, readonly string[]>> = {
  'arguments-missing': [
    'no-arguments',
    'no-argument',
    'no-target',
    'missing-value',
    'blank-name',
    'blank-image',
    'empty-volume',
  ],
  'before-from': ['before-from'],
  directive: ['duplicate-directive', 'escape-directive'],
  duration: ['bad-duration', 'short-duration'],
  'equals-missing': ['missing-equals'],
  'flag-value': [
    'flag-without-value',
    'flag-not-boolean',
    'duplicate-flag',
    'network-mode',
    'security-mode',
    'device-required',
    'device-twice',
    'device-key',
  ],
  'from-arguments': ['from-arguments'],
  healthcheck: [
    'healthcheck-none-arguments',
    'healthcheck-type',
    'healthcheck-command',
    'bad-retries',
    'negative-retries',
  ],
  'heredoc-target': ['heredoc-target'],
  'line-too-long': ['line-too-long'],
  mount: [
    'mount-field',
    'mount-key',
    'mount-option',
    'mount-type',
    'mount-sharing',
    'mount-value',
    'secret-without-id',
    'secret-source-and-id',
  ],
  'no-stage': ['no-instructions', 'no-stages'],
  'not-json': ['not-exec-form', 'not-string-array'],
  'onbuild-not-allowed': ['onbuild-chaining', 'onbuild-trigger'],
  'stage-name-invalid': ['stage-name'],
  'unknown-flag': ['unknown-flag'],
  'unknown-instruction': ['unknown-instruction'],
  'unterminated-heredoc': ['unterminated-heredoc'],
  'variable-not-expanded': ['from-variable'],
  'variable-syntax': [
    'unmatched-quote',
    'missing-brace',
    'missing-slash',
    'bad-substitution',
    'unsupported-modifier',
    'bad-pattern',
    'required-variable',
  ],
};

/** The parser's troubles that a rule speaks of. Where a misprint is the cause, the rule on misprints says so. */
export function troubles(model: Model, rule: string): readonly SyntaxTrouble[] {
  const { errors } = model.tree;
  if (errors.length === 0) return errors;
  const codes = claims[rule] ?? [];
  return errors.filter((trouble) => codes.includes(trouble.code) && !isMisprint(model, trouble));
}

const claimed: ReadonlySet<string> = new Set(Object.values(claims).flat());

/** Those of which no rule speaks. */
export function unclaimed({ tree: { errors } }: Model): readonly SyntaxTrouble[] {
  return errors.length === 0 ? errors : errors.filter(({ code }) => !claimed.has(code));
}

/** Those that a misprint has caused: no other rule speaks of them. */
export function misprintTroubles(model: Model): readonly SyntaxTrouble[] {
  return model.tree.errors.filter((trouble) => isMisprint(model, trouble));
}

function isMisprint(model: Model, { code, span }: SyntaxTrouble): boolean {
  // The place of this one is the mark that opens it, and what is missing stands elsewhere.
  return (
    code !== 'unterminated-heredoc' && hasMisprint(model.tree.text.slice(span.start, span.end))
  );
}
