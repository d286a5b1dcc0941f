/** The arguments of the command line. Parsing and help use the same table. */
import { parseArgs } from 'node:util';
import { isLevel, severities } from '../lint/severity.ts';
import { rulesNamed, shellCheckName, unknownRule } from '../lint/rule-names.ts';
import type { LintConfig, Registered, Severity } from '../lint/rule.ts';
import { t } from '../text/translation.ts';

export const formats = ['text', 'json', 'sarif', 'github'] as const;
export type FormatName = (typeof formats)[number];

export interface LintArguments {
  readonly command: 'lint';
  readonly format: FormatName;
  readonly fix: 'no' | 'safe' | 'unsafe';
  readonly config?: string;
  /** From `--rule` and `--every-rule`. */
  readonly rules: LintConfig;
  /** Undefined unless given: the configuration of the project may set it. */
  readonly failOn?: Severity;
  readonly stdinFilename?: string;
  /** `auto` or a path. Off by default, so that findings do not depend on what is installed on the machine. */
  readonly shellcheck?: string;
  readonly paths: readonly string[];
}
export type Arguments =
  | LintArguments
  | { readonly command: 'explain'; readonly rule: string }
  | { readonly command: 'rules' | 'help' | 'version' };

interface Option {
  readonly type: 'boolean' | 'string';
  readonly multiple?: true;
  readonly short?: string;
  /** Name of its value in the help. */
  readonly value?: string;
  readonly help: () => string;
}

const options = {
  format: {
    type: 'string',
    value: formats.join('|'),
    help: () => t('Output format (default: text)'),
  },
  fix: {
    type: 'boolean',
    help: () => t('Apply safe fixes and report the remaining findings'),
  },
  'unsafe-fixes': { type: 'boolean', help: () => t('Also apply unsafe fixes (with --fix)') },
  config: {
    type: 'string',
    value: 'FILE',
    help: () => t('Configuration file (default: the nearest .drydock.json or .hadolint.yaml)'),
  },
  'every-rule': { type: 'boolean', help: () => t('Also enable the rules that are off by default') },
  rule: {
    type: 'string',
    multiple: true,
    value: `ID=${['off', ...[...severities].reverse()].join('|')}`,
    help: () => t('Set the severity of a rule (can be repeated)'),
  },
  'fail-on': {
    type: 'string',
    value: 'SEVERITY',
    help: () => t('Lowest severity that results in exit code 1 (default: warning)'),
  },
  shellcheck: {
    type: 'string',
    value: 'auto|off|PATH',
    help: () => t('Also run ShellCheck on the scripts in RUN (default: off)'),
  },
  'stdin-filename': {
    type: 'string',
    value: 'NAME',
    help: () => t('File name to report for standard input'),
  },
  help: { type: 'boolean', short: 'h', help: () => t('Print help') },
  version: { type: 'boolean', help: () => t('Print the version') },
} as const satisfies Record<string, Option>;

interface Wrong {
  readonly command?: undefined;
  readonly rules?: undefined;
  /** What is wrong with the arguments, in a sentence. */
  readonly wrong: string;
}

/** The parsed arguments, or a message about what is wrong with them. */
export function readArguments(
  argv: readonly string[],
  rules: readonly Registered[],
): Arguments | Wrong {
  let values: Values;
  let positionals: readonly string[];
  try {
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: true });
    values = parsed.values;
    positionals = parsed.positionals;
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
  if (values.help === true) return { command: 'help' };
  if (values.version === true) return { command: 'version' };
  const [command, ...rest] = positionals;
  switch (command) {
    case undefined:
      return { wrong: t('Missing command; use lint, build, explain or rules') };
    case 'help':
    case 'version':
    case 'rules':
      return { command };
    case 'explain': {
      const [rule] = rest;
      return rule === undefined ? { wrong: t('Missing rule ID') } : { command, rule };
    }
    case 'lint':
      return readLint(values, rest, rules);
    default:
      return { wrong: t('Unknown command `{0}`; use lint, build, explain or rules', command) };
  }
}

type Values = ReturnType<
  typeof parseArgs<{ options: typeof options; allowPositionals: true }>
>['values'];

function readLint(
  values: Values,
  paths: readonly string[],
  rules: readonly Registered[],
): LintArguments | Wrong {
  const format = formats.find((name) => name === (values.format ?? 'text'));
  if (format === undefined) {
    return {
      wrong: t('Unknown format `{0}`; valid values: {1}', values.format ?? '', formats.join(', ')),
    };
  }
  const failOn = severities.find((name) => name === values['fail-on']);
  if (failOn === undefined && values['fail-on'] !== undefined) {
    return {
      wrong: t(
        'Unknown severity `{0}`; valid values: {1}',
        values['fail-on'],
        severities.join(', '),
      ),
    };
  }
  if (values['unsafe-fixes'] === true && values.fix !== true) {
    return { wrong: t('--unsafe-fixes requires --fix') };
  }
  if (paths.length === 0)
    return { wrong: t('Missing path: a file, a directory, or - for standard input') };
  const chosen = readRuleOptions(values.rule ?? [], rules);
  if (chosen.rules === undefined) return chosen;
  return {
    command: 'lint',
    format,
    fix: values.fix !== true ? 'no' : values['unsafe-fixes'] === true ? 'unsafe' : 'safe',
    rules: { ...chosen, ...(values['every-rule'] === true && { everyRule: true }) },
    ...(failOn !== undefined && { failOn }),
    paths,
    ...(values.config !== undefined && { config: values.config }),
    ...(values.shellcheck !== undefined &&
      values.shellcheck !== 'off' && { shellcheck: values.shellcheck }),
    ...(values['stdin-filename'] !== undefined && { stdinFilename: values['stdin-filename'] }),
  };
}

/** Values of `--rule`, each `ID=SEVERITY`; the id may be a name from another linter. */
function readRuleOptions(
  given: readonly string[],
  rules: readonly Registered[],
): LintConfig | Wrong {
  const chosen: Record<string, Severity | 'off'> = {};
  for (const option of given) {
    const [name = '', level] = option.split('=', 2);
    const matching = rulesNamed(name, rules);
    const code = shellCheckName(name);
    if (matching.length === 0 && code === undefined) return { wrong: unknownRule(name, rules) };
    if (!isLevel(level)) {
      return {
        wrong: t(
          '--rule {0}: the value after `=` must be off, hint, info, warning or error',
          option,
        ),
      };
    }
    for (const { id } of matching) chosen[id] = level;
    if (code !== undefined) chosen[code] = level;
  }
  return { rules: chosen };
}

/** The text of `--help`, from the table above. */
export function help(): string {
  const rows = Object.entries<Option>(options).map(
    ([name, { value, short, help: description, multiple }]) => [
      `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}${multiple ? ' …' : ''}`,
      description(),
    ],
  );
  const width = Math.min(32, Math.max(...rows.map(([left = '']) => left.length)));
  const table = rows.map(([left = '', right = '']) =>
    left.length > width
      ? `  ${left}\n  ${' '.repeat(width)}  ${right}`
      : `  ${left.padEnd(width)}  ${right}`,
  );
  return [
    t('Usage:'),
    `  drydock lint [OPTIONS] PATH…   ${t('Check files; directories are searched for Dockerfiles and Containerfiles')}`,
    `  drydock build [OPTIONS] PATH   ${t('Build an image; see drydock build --help')}`,
    `  drydock explain RULE           ${t('Show what a rule reports and why')}`,
    `  drydock rules                  ${t('List all rules')}`,
    '',
    t('Options:'),
    ...table,
    '',
    t('Exit codes:'),
    `  0  ${t('No findings of the --fail-on severity or higher')}`,
    `  1  ${t('At least one such finding')}`,
    `  2  ${t('Invalid arguments or configuration, or no such findings but a file could not be read')}`,
    '',
  ].join('\n');
}
