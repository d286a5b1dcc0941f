/** The parser's errors, by the rule of category build-error that reports them: each code has one rule. */
import type { Model } from '../../model/model.ts';
import type { SyntaxTrouble, TroubleCode, TroubleOf } from '../../syntax/trouble.ts';
import { hasMisprint } from '../../text/misprints.ts';

/** The rule that reports each code. */
export const ruleOf = {
  'no-arguments': 'arguments-missing',
  'no-argument': 'arguments-missing',
  'no-target': 'arguments-missing',
  'missing-value': 'arguments-missing',
  'empty-name': 'arguments-missing',
  'empty-image': 'arguments-missing',
  'empty-volume': 'arguments-missing',
  'before-from': 'before-from',
  'duplicate-directive': 'directive',
  'escape-directive': 'directive',
  'bad-duration': 'duration',
  'short-duration': 'duration',
  'missing-equals': 'equals-missing',
  'flag-without-value': 'flag-value',
  'flag-not-boolean': 'flag-value',
  'duplicate-flag': 'flag-value',
  'network-mode': 'flag-value',
  'security-mode': 'flag-value',
  'device-required': 'flag-value',
  'duplicate-device': 'flag-value',
  'device-key': 'flag-value',
  'from-arguments': 'from-arguments',
  'healthcheck-none-arguments': 'healthcheck',
  'healthcheck-type': 'healthcheck',
  'healthcheck-command': 'healthcheck',
  'bad-retries': 'healthcheck',
  'negative-retries': 'healthcheck',
  'heredoc-target': 'heredoc-target',
  'line-too-long': 'line-too-long',
  'mount-field': 'mount',
  'mount-key': 'mount',
  'mount-option': 'mount',
  'mount-type': 'mount',
  'mount-sharing': 'mount',
  'mount-value': 'mount',
  'secret-without-id': 'mount',
  'secret-source-and-id': 'mount',
  'no-instructions': 'no-stage',
  'no-stages': 'no-stage',
  'not-exec-form': 'not-json',
  'not-string-array': 'not-json',
  'nested-onbuild': 'onbuild-not-allowed',
  'onbuild-trigger': 'onbuild-not-allowed',
  'stage-name': 'stage-name-invalid',
  'unknown-flag': 'unknown-flag',
  'unknown-instruction': 'unknown-instruction',
  'unterminated-heredoc': 'unterminated-heredoc',
  'from-variable': 'variable-not-expanded',
  'unmatched-quote': 'variable-syntax',
  'missing-brace': 'variable-syntax',
  'missing-slash': 'variable-syntax',
  'bad-substitution': 'variable-syntax',
  'unsupported-modifier': 'variable-syntax',
  'bad-pattern': 'variable-syntax',
} as const satisfies Readonly<Record<TroubleCode, string>>;

type Rule = (typeof ruleOf)[TroubleCode];
type CodesOf<R extends Rule> = {
  [C in TroubleCode]: (typeof ruleOf)[C] extends R ? C : never;
}[TroubleCode];

/** The errors that a rule reports. A `switch` over the code must contain each of them. */
export type TroubleFor<R extends Rule> = TroubleOf<CodesOf<R>>;

/** The parser's errors that a rule reports. Those that a misprint causes are reported by the rule about misprints. */
export function troubles<R extends Rule>(model: Model, rule: R): readonly TroubleFor<R>[] {
  const { errors } = model.tree;
  if (errors.length === 0) return none;
  const isReported = (trouble: SyntaxTrouble): trouble is TroubleFor<R> =>
    ruleOf[trouble.code] === rule && !isMisprint(model, trouble);
  return errors.filter(isReported);
}

const none: readonly never[] = [];

/**
 * Errors that no rule reports. There are none, because `ruleOf` names a rule for each code; the rule syntax-error
 * reports those of a later parser.
 */
export function troublesWithoutRule({ tree: { errors } }: Model): readonly SyntaxTrouble[] {
  return errors.length === 0 ? errors : errors.filter(({ code }) => !Object.hasOwn(ruleOf, code));
}

/** Errors that a misprint has caused, which no other rule reports. */
export function misprintTroubles(model: Model): readonly SyntaxTrouble[] {
  return model.tree.errors.filter((trouble) => isMisprint(model, trouble));
}

function isMisprint(model: Model, { code, span }: SyntaxTrouble): boolean {
  // This error is reported at the start of the heredoc, but the misprint is in the terminator; the other one spans all
  // lines from the first directive of the name.
  return (
    code !== 'unterminated-heredoc' &&
    code !== 'duplicate-directive' &&
    hasMisprint(model.tree.text.slice(span.start, span.end))
  );
}
