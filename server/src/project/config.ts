/** Reads and validates the project file `.drydock.json` and the setting `drydock.lint.rules`. */
import { t } from '../text/translation.ts';
import { rulesNamed, shellCheckName, unknownRule } from '../lint/rule-names.ts';
import type { LintConfig, Registered } from '../lint/rule.ts';
import { isLevel } from '../lint/severity.ts';

export const configFileName = '.drydock.json';

type Setting = LintConfig['rules'][string];

export interface ReadConfig {
  readonly config: LintConfig;
  /** One message per problem. The valid entries are in `config` all the same. */
  readonly problems: readonly string[];
}

/** The configuration in the text of a project file. */
export function readConfig(text: string, rules: readonly Registered[]): ReadConfig {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      config: { rules: {} },
      problems: [t('Invalid JSON: {0}', reason.replace(/\s+/g, ' '))],
    };
  }
  if (!isObject(raw)) {
    return { config: { rules: {} }, problems: [t('The file must contain an object with `rules`')] };
  }
  const unknown = Object.keys(raw)
    .filter((key) => !['$schema', 'rules', 'everyRule'].includes(key))
    .map((key) => t('Unknown setting `{0}`; valid settings: `rules`, `everyRule`', key));
  const settings = readRules(raw['rules'] ?? {}, rules);
  const every = raw['everyRule'];
  const wrongEvery =
    every === undefined || typeof every === 'boolean'
      ? []
      : [t('`everyRule` must be true or false')];
  return {
    config: { ...settings.config, ...(every === true && { everyRule: true }) },
    problems: [...unknown, ...wrongEvery, ...settings.problems],
  };
}

/** Reads an object that contains only rules, such as the setting `drydock.lint.rules`. */
export function readRules(raw: unknown, rules: readonly Registered[]): ReadConfig {
  if (!isObject(raw)) {
    return {
      config: { rules: {} },
      problems: [t('`rules` must be an object of rules and their severities')],
    };
  }
  const chosen: Record<string, Setting> = {};
  const problems: string[] = [];
  for (const [name, value] of Object.entries(raw)) {
    const matching = rulesNamed(name, rules);
    const code = shellCheckName(name);
    if (code !== undefined) {
      if (isLevel(value)) chosen[code] = value;
      else if (matching.length === 0) problems.push(t('`{0}` must be off, hint, info, warning or error', name)); // prettier-ignore
    } else if (matching.length === 0) problems.push(unknownRule(name, rules));
    for (const registered of matching) {
      const read = readSetting(name, value, registered);
      if (typeof read === 'string') problems.push(read);
      else chosen[registered.id] = read.setting;
    }
  }
  return { config: { rules: chosen }, problems };
}

/** Merges two configurations; for a rule in both, `above` takes precedence. */
export function merge(below: LintConfig, above: LintConfig): LintConfig {
  return {
    ...below,
    ...above,
    rules: { ...below.rules, ...withOptions(below.rules, above.rules) },
    ...((below.everyRule === true || above.everyRule === true) && { everyRule: true }),
  };
}

/** `above`, where a rule with a severity alone keeps the options from `below`. */
function withOptions(below: LintConfig['rules'], above: LintConfig['rules']): LintConfig['rules'] {
  return Object.fromEntries(
    Object.entries(above).map(([id, setting]) => {
      const before = below[id];
      if (typeof setting !== 'string' || typeof before !== 'object') return [id, setting];
      const { options } = before;
      return [id, options === undefined ? setting : { severity: setting, options }];
    }),
  );
}

/** The setting of a rule, or a message about what is wrong with it. */
function readSetting(
  name: string,
  value: unknown,
  { rule }: Registered,
): { readonly setting: Setting } | string {
  if (isLevel(value)) return { setting: value };
  if (!isObject(value)) {
    return t(
      '`{0}` must be off, hint, info, warning, error, or an object with `severity` and `options`',
      name,
    );
  }
  const { severity, options, ...others } = value;
  const other = Object.keys(others)[0];
  if (other !== undefined) return t('Unknown setting `{1}` of `{0}`', name, other);
  if (severity !== undefined && !isLevel(severity)) {
    return t('The severity of `{0}` must be off, hint, info, warning or error', name);
  }
  if (options !== undefined && rule.options === undefined) return t('`{0}` has no options', name);
  if (options !== undefined && rule.options?.read(options) === undefined) {
    return t('The options of `{0}` are invalid', name);
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
