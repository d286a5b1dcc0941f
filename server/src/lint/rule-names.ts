/** Rules by name: their ids, and what other linters call them. */
import { closestMatch } from '../text/closest-match.ts';
import { t } from '../text/translation.ts';
import { namesOf, type Registered } from './rule.ts';

/** The rule with this id, or the rules with this name from another linter, ignoring case. */
export function rulesNamed(name: string, rules: readonly Registered[]): readonly Registered[] {
  const own = rules.filter(({ id }) => id === name);
  if (own.length > 0) return own;
  const wanted = name.toLowerCase();
  return rules.filter((one) => namesOf(one).some((it) => it.toLowerCase() === wanted));
}

/** The id of findings from ShellCheck, for `SC2086` and `shellcheck/SC2086`; undefined for other names. */
export function shellCheckName(name: string): string | undefined {
  const code = /^(?:shellcheck\/)?(SC\d{4})$/i.exec(name)?.[1];
  return code === undefined ? undefined : `shellcheck/${code.toUpperCase()}`;
}

export function unknownRule(name: string, rules: readonly Registered[]): string {
  const near = closestMatch(
    name,
    rules.map(({ id }) => id),
  );
  return near === undefined
    ? t('Unknown rule `{0}`', name)
    : t('Unknown rule `{0}`; did you mean `{1}`?', name, near);
}
