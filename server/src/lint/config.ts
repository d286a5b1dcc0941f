/** The project file `.drydock.json` and rule settings as text: read, checked, and never half believed. */
import { t } from '../text/translated.ts';
import { nearest } from '../text/nearest.ts';
import { namesOf, type LintConfig, type Registered, type Severity } from './rule.ts';

export const configFileName = '.drydock.json';

export const severities = ['error', 'warning', 'info', 'hint'] as const;

/** Whether one severity is as bad as another or worse. */
export function atLeast(one: Severity, other: Severity): boolean {
  return severities.indexOf(one) <= severities.indexOf(other);
}

type Setting = LintConfig['rules'][string];

export interface ReadConfig {
  readonly config: LintConfig;
  /** What is wrong with it, a sentence each; what is right holds all the same. */
  readonly problems: readonly string[];
}

/** The configuration in the text of a project file. */
export function readConfig(text: string, rules: readonly Registered[]): ReadConfig {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { config: { rules: {} }, problems: [t('This is no JSON: {0}', reason)] };
  }
  if (!isObject(raw)) {
    return { config: { rules: {} }, problems: [t('An object with `rules` is expected')] };
  }
  const unknown = Object.keys(raw)
    .filter((key) => !['$schema', 'rules', 'everyRule'].includes(key))
    .map((key) => t('`{0}` is no setting; there are `rules` and `everyRule`', key));
  const settings = readRules(raw['rules'] ?? {}, rules);
  const every = raw['everyRule'];
  const wrongEvery =
    every === undefined || typeof every === 'boolean' ? [] : [t('`everyRule` is true or false')];
  return {
    config: { ...settings.config, ...(every === true && { everyRule: true }) },
    problems: [...unknown, ...wrongEvery, ...settings.problems],
  };
}

/** The same for the object that holds only rules, as the setting `drydock.lint.rules` does. */
export function readRules(raw: unknown, rules: readonly Registered[]): ReadConfig {
  if (!isObject(raw)) {
    return { config: { rules: {} }, problems: [t('`rules` is an object from rule to severity')] };
  }
  const chosen: Record<string, Setting> = {};
  const problems: string[] = [];
  for (const [name, value] of Object.entries(raw)) {
    const named = rulesNamed(name, rules);
    const code = shellCheckName(name);
    if (code !== undefined) {
      if (isLevel(value)) chosen[code] = value;
      else if (named.length === 0) problems.push(t('`{0}` is one of off, hint, info, warning, error', name)); // prettier-ignore
    } else if (named.length === 0) problems.push(unknownRule(name, rules));
    for (const registered of named) {
      const read = readSetting(name, value, registered);
      if (typeof read === 'string') problems.push(read);
      else chosen[registered.id] = read.setting;
    }
  }
  return { config: { rules: chosen }, problems };
}

/** One over the other: what the second says of a rule holds. */
export function merge(below: LintConfig, above: LintConfig): LintConfig {
  return {
    ...below,
    ...above,
    rules: { ...below.rules, ...kept(below.rules, above.rules) },
    ...((below.everyRule === true || above.everyRule === true) && { everyRule: true }),
  };
}

/** A severity alone leaves the options as they were. */
function kept(below: LintConfig['rules'], above: LintConfig['rules']): LintConfig['rules'] {
  return Object.fromEntries(
    Object.entries(above).map(([id, setting]) => {
      const before = below[id];
      if (typeof setting !== 'string' || typeof before !== 'object') return [id, setting];
      const { options } = before;
      return [id, options === undefined ? setting : { severity: setting, options }];
    }),
  );
}

/** The rules that a name means: one by its id, or those that carry another linter's name, casing aside. */
export function rulesNamed(name: string, rules: readonly Registered[]): readonly Registered[] {
  const own = rules.filter(({ id }) => id === name);
  if (own.length > 0) return own;
  const wanted = name.toLowerCase();
  return rules.filter((one) => namesOf(one).some((it) => it.toLowerCase() === wanted));
}

/** The id under which findings of ShellCheck go, for `SC2086` and `shellcheck/SC2086`; undefined for other names. */
export function shellCheckName(name: string): string | undefined {
  const code = /^(?:shellcheck\/)?(SC\d{4})$/i.exec(name)?.[1];
  return code === undefined ? undefined : `shellcheck/${code.toUpperCase()}`;
}

export function unknownRule(name: string, rules: readonly Registered[]): string {
  const near = nearest(
    name,
    rules.map(({ id }) => id),
  );
  return near === undefined
    ? t('There is no rule `{0}`', name)
    : t('There is no rule `{0}`; did you mean `{1}`?', name, near);
}

export function isLevel(value: unknown): value is Severity | 'off' {
  return value === 'off' || severities.some((severity) => severity === value);
}

/** A setting, or what is wrong with it. */
function readSetting(
  name: string,
  value: unknown,
  { rule }: Registered,
): { readonly setting: Setting } | string {
  if (isLevel(value)) return { setting: value };
  if (!isObject(value)) {
    return t(
      '`{0}` is one of off, hint, info, warning, error, or an object with `severity` and `options`',
      name,
    );
  }
  const { severity, options, ...others } = value;
  const other = Object.keys(others)[0];
  if (other !== undefined) return t('`{0}` has no setting `{1}`', name, other);
  if (severity !== undefined && !isLevel(severity)) {
    return t('The severity of `{0}` is one of off, hint, info, warning, error', name);
  }
  if (options !== undefined && rule.options === undefined) return t('`{0}` has no options', name);
  if (options !== undefined && rule.options?.read(options) === undefined) {
    return t('The options of `{0}` do not fit', name);
  }
  return {
    setting: {
      ...(severity !== undefined && { severity }),
      ...(options !== undefined && { options }),
    },
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
