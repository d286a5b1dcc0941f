/** What BuildKit's parser refuses, as data: a code, and the values that its message contains. */
import type { Node } from '../text/span.ts';

/** The values of each code that words of any instruction can have. */
interface WordValues {
  'unmatched-quote': readonly [quote: string];
  'missing-brace': readonly [];
  'missing-slash': readonly [];
  'bad-substitution': readonly [written: string];
  'unsupported-modifier': readonly [written: string];
  'bad-pattern': readonly [pattern: string];
}

/** The values of all codes. */
interface Values extends WordValues {
  'before-from': readonly [keyword: string];
  'no-instructions': readonly [];
  'no-stages': readonly [];
  'unknown-instruction': readonly [keyword: string];
  'line-too-long': readonly [bytes: string];
  'duplicate-directive': readonly [name: string];
  'escape-directive': readonly [value: string];
  'unterminated-heredoc': readonly [name: string];
  'heredoc-target': readonly [keyword: string];
  'no-arguments': readonly [keyword: string];
  'no-argument': readonly [keyword: string];
  'no-target': readonly [keyword: string];
  'empty-volume': readonly [];
  'missing-value': readonly [keyword: string, name: string];
  'missing-equals': readonly [keyword: string, word: string];
  'empty-name': readonly [keyword: string];
  'empty-image': readonly [image: string];
  'from-arguments': readonly [count: string];
  'from-variable': readonly [option: string];
  'stage-name': readonly [name: string];
  'not-exec-form': readonly [keyword: string];
  'not-string-array': readonly [keyword: string];
  'nested-onbuild': readonly [];
  'onbuild-trigger': readonly [keyword: string];
  'unknown-flag': readonly [flag: string, keyword: string];
  'duplicate-flag': readonly [flag: string];
  'flag-without-value': readonly [flag: string];
  'flag-not-boolean': readonly [flag: string, value: string];
  'network-mode': readonly [mode: string];
  'security-mode': readonly [mode: string];
  'device-required': readonly [value: string];
  'duplicate-device': readonly [field: string];
  'device-key': readonly [field: string];
  'bad-duration': readonly [flag: string, value: string];
  'short-duration': readonly [flag: string, value: string];
  'bad-retries': readonly [value: string];
  'negative-retries': readonly [value: string];
  'healthcheck-type': readonly [type: string];
  'healthcheck-command': readonly [];
  'healthcheck-none-arguments': readonly [];
  'mount-field': readonly [field: string];
  'mount-key': readonly [key: string];
  'mount-option': readonly [key: string, type: string];
  'mount-type': readonly [type: string];
  'mount-sharing': readonly [mode: string];
  'mount-value': readonly [key: string, value: string];
  'secret-without-id': readonly [];
  'secret-source-and-id': readonly [];
}

export type TroubleCode = keyof Values;
export type WordTroubleCode = keyof WordValues;

/** A trouble with one of these codes. */
export type TroubleOf<C extends TroubleCode> = {
  readonly [K in C]: Node & { readonly code: K; readonly values: Values[K] };
}[C];

/** What BuildKit's parser refuses; the rules of the category build-error report it. */
export type SyntaxTrouble = TroubleOf<TroubleCode>;

export function trouble<C extends TroubleCode>(
  code: C,
  { span }: Node,
  ...values: Values[C]
): TroubleOf<C> {
  return { code, values, span };
}

type WordTroubleOf<C extends WordTroubleCode> = {
  readonly [K in C]: {
    readonly code: K;
    readonly values: WordValues[K];
    readonly from: number;
    readonly to: number;
  };
}[C];

/** What BuildKit's parser refuses in a word that it expands; indices are those of the scanned text. */
export type WordTrouble = WordTroubleOf<WordTroubleCode>;

export function wordTrouble<C extends WordTroubleCode>(
  code: C,
  { from, to }: { readonly from: number; readonly to: number },
  ...values: WordValues[C]
): WordTroubleOf<C> {
  return { code, values, from, to };
}
