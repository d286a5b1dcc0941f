/** Converts a `.hadolint.yaml` to our configuration; settings without a counterpart are ignored. */
import { t } from '../text/translation.ts';
import { rulesNamed, shellCheckName } from '../lint/rule-names.ts';
import type { ReadConfig } from './config.ts';
import type { LintConfig, Registered, Severity } from '../lint/rule.ts';

type Raw = Readonly<Record<string, unknown>>;
type Level = Severity | 'off';

const levels: Readonly<Record<string, Severity>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  style: 'hint',
};
const thresholds: Readonly<Record<string, Severity | 'never'>> = {
  ...levels,
  ignore: 'hint',
  none: 'never',
};

/** The configuration in the parsed content of such a file; an empty file sets nothing. */
export function fromHadolint(raw: unknown, rules: readonly Registered[]): ReadConfig {
  if (raw === undefined || raw === null) return { config: { rules: {} }, problems: [] };
  if (!isObject(raw)) {
    return { config: { rules: {} }, problems: [t('The file must contain hadolint settings')] };
  }
  const problems: string[] = [];
  const read: Read = { raw, rules, chosen: {}, problems };
  for (const name of texts(read, 'ignored')) level(read, name, 'off');
  const override = raw['override'] ?? {};
  if (!isObject(override)) problems.push(t('The value of `{0}` is invalid', 'override'));
  else
    for (const [key, severity] of Object.entries(levels))
      for (const name of texts({ ...read, raw: override }, key)) level(read, name, severity);
  optionsOf(read);
  return { config: { rules: read.chosen, ...generalSettings(read) }, problems };
}

interface Chosen {
  readonly severity?: Level;
  readonly named?: Record<string, Level>;
  readonly options?: unknown;
}

interface Read {
  readonly raw: Raw;
  readonly rules: readonly Registered[];
  readonly chosen: Record<string, Chosen>;
  readonly problems: string[];
}

/** The settings that apply to all rules. */
function generalSettings({ raw, problems }: Read): Omit<LintConfig, 'rules'> {
  const threshold = raw['failure-threshold'];
  const failOn = typeof threshold === 'string' ? thresholds[threshold.toLowerCase()] : undefined;
  if (threshold !== undefined && failOn === undefined)
    problems.push(t('The value of `{0}` is invalid', 'failure-threshold'));
  const never = raw['no-fail'] === true ? 'never' : failOn;
  return {
    ...(never !== undefined && { failOn: never }),
    ...(raw['disable-ignore-pragma'] === true && { pragmas: false as const }),
  };
}

/** Sets the registries and labels as options of the rules with these names. */
function optionsOf(read: Read): void {
  const { raw, problems } = read;
  const key = raw['trustedRegistries'] === undefined ? 'trusted-registries' : 'trustedRegistries';
  // hadolint accepts a single registry without a list.
  const registries = typeof raw[key] === 'string' ? [raw[key]] : texts(read, key);
  if (registries.length > 0) give(read, ['DL3026'], { registries });
  const labels = raw['label-schema'] ?? {};
  const strict = raw['strict-labels'] === true;
  if (!isObject(labels)) problems.push(t('The value of `{0}` is invalid', 'label-schema'));
  else if (Object.keys(labels).length > 0 || strict) {
    give(read, ['DL3049', 'DL3051'], { labels });
    give(read, ['DL3050'], { labels, strict });
    unknownKinds(read, labels);
  }
}

function give({ rules, chosen }: Read, names: readonly string[], options: object): void {
  for (const { id, rule } of names.flatMap((name) => rulesNamed(name, rules))) {
    if (rule.options === undefined) continue;
    chosen[id] = { ...chosen[id], options };
  }
}

/** The schema would silently replace an unknown label type by its fallback. */
function unknownKinds({ problems }: Read, labels: Raw): void {
  for (const kind of Object.values(labels))
    if (typeof kind !== 'string' || !labelKinds.includes(kind))
      problems.push(t('`{0}` is not a label type', String(kind)));
}

const labelKinds = ['text', 'rawtext', 'url', 'rfc3339', 'spdx', 'hash', 'semver', 'email'];

function level({ rules, chosen }: Read, name: string, to: Level): void {
  const code = shellCheckName(name);
  if (code !== undefined) chosen[code] = { severity: to };
  for (const { id } of rulesNamed(name, rules)) {
    const before = chosen[id];
    chosen[id] = { ...before, named: { ...before?.named, [name.toLowerCase()]: to } };
  }
}

function texts({ raw, problems }: Pick<Read, 'raw' | 'problems'>, key: string): readonly string[] {
  const value = raw[key] ?? [];
  if (Array.isArray(value) && value.every((one): one is string => typeof one === 'string'))
    return value;
  problems.push(t('`{0}` must be a list of names', key));
  return [];
}

function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
