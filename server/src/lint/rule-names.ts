/** Rules by name: their ids, and what other linters call them. */
import { closestMatch } from '../text/closest-match.ts';
import { t } from '../text/translation.ts';
import { namesOf, type Registered } from './rule.ts';

/** The rule with this id, or the rules with this name from another linter, ignoring case. */
export function rulesNamed(name: string, rules: readonly Registered[]): readonly Registered[] {
  const { byId, byName } = indexOf(rules);
  const own = byId.get(name);
  return own ? [own] : (byName.get(name.toLowerCase()) ?? []);
}

interface Index {
  readonly byId: ReadonlyMap<string, Registered>;
  /** In lowercase. */
  readonly byName: ReadonlyMap<string, readonly Registered[]>;
}

/** One per list of rules: a comment can contain thousands of names. */
const indexes = new WeakMap<readonly Registered[], Index>();

function indexOf(rules: readonly Registered[]): Index {
  const known = indexes.get(rules);
  if (known) return known;
  const byName = new Map<string, Registered[]>();
  for (const rule of rules) {
    for (const name of new Set(namesOf(rule).map((one) => one.toLowerCase())))
      byName.set(name, [...(byName.get(name) ?? []), rule]);
  }
  const index = { byId: new Map(rules.map((rule) => [rule.id, rule])), byName };
  indexes.set(rules, index);
  return index;
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
