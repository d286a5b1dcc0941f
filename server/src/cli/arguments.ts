/** The words of the command line. Parsing and help are made from the same table. */
import { parseArgs } from 'node:util';
import { isLevel, rulesNamed, severities, shellCheckName, unknownRule } from '../lint/config.ts';
import type { LintConfig, Registered, Severity } from '../lint/rule.ts';
import { t } from '../text/translated.ts';

export const formats = ['text', 'json', 'sarif', 'github'] as const;
export type FormatName = (typeof formats)[number];

export interface LintArguments {
  readonly command: 'lint';
  readonly format: FormatName;
  readonly fix: 'no' | 'safe' | 'unsafe';
  readonly config?: string;
  /** From `--rule` and `--every-rule`. */
  readonly rules: LintConfig;
  /** Undefined where it was not said: the project may say it. */
  readonly failOn?: Severity;
  readonly stdinFilename?: string;
  /** `auto` or a path; not asked unless said, so that findings do not hang on what a machine has. */
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
  /** How its value is called in the help. */
  readonly value?: string;
  readonly help: () => string;
}

const options = {
  format: {
    type: 'string',
    value: formats.join('|'),
    help: () => t('How findings are printed (text)'),
  },
  fix: {
    type: 'boolean',
    help: () => t('Apply safe fixes to the files; what is left is reported'),
  },
  'unsafe-fixes': { type: 'boolean', help: () => t('With --fix, apply unsafe fixes too') },
  config: {
    type: 'string',
    value: 'FILE',
    help: () => t('Use this file; else the nearest .drydock.json or .hadolint.yaml up the folders'),
  },
  'every-rule': { type: 'boolean', help: () => t('Also run the rules that are off by default') },
  rule: {
    type: 'string',
    multiple: true,
    value: `ID=${['off', ...[...severities].reverse()].join('|')}`,
    help: () => t('Set a rule; may be repeated'),
  },
  'fail-on': {
    type: 'string',
    value: 'SEVERITY',
    help: () => t('Exit 1 from this severity on (warning)'),
  },
  shellcheck: {
    type: 'string',
    value: 'auto|off|PATH',
    help: () => t('Also ask ShellCheck about the scripts in RUN (off)'),
  },
  'stdin-filename': {
    type: 'string',
    value: 'NAME',
    help: () => t('How standard input is called in reports'),
  },
  help: { type: 'boolean', short: 'h', help: () => t('Print this') },
  version: { type: 'boolean', help: () => t('Print the version') },
} as const satisfies Record<string, Option>;

interface Wrong {
  readonly command?: undefined;
  readonly rules?: undefined;
  /** Why it cannot be understood, in a sentence. */
  readonly wrong: string;
}

/** What was asked, or in a sentence why it can not be understood. */
export function readArguments(
  argv: readonly string[],
  rules: readonly Registered[],
): Arguments | Wrong {
  let values: Values;
  let words: readonly string[];
  try {
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: true });
    values = parsed.values;
    words = parsed.positionals;
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
  if (values.help === true) return { command: 'help' };
  if (values.version === true) return { command: 'version' };
  const [command, ...rest] = words;
  switch (command) {
    case undefined:
      return { wrong: t('A command is missing: lint, explain or rules') };
    case 'help':
    case 'version':
    case 'rules':
      return { command };
    case 'explain': {
      const [rule] = rest;
      return rule === undefined ? { wrong: t('Which rule?') } : { command, rule };
    }
    case 'lint':
      return readLint(values, rest, rules);
    default:
      return { wrong: t('There is no command `{0}`; there are lint, explain and rules', command) };
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
      wrong: t('There is no format `{0}`; there are {1}', values.format ?? '', formats.join(', ')),
    };
  }
  const failOn = severities.find((name) => name === values['fail-on']);
  if (failOn === undefined && values['fail-on'] !== undefined) {
    return {
      wrong: t(
        'There is no severity `{0}`; there are {1}',
        values['fail-on'],
        severities.join(', '),
      ),
    };
  }
  if (values['unsafe-fixes'] === true && values.fix !== true) {
    return { wrong: t('--unsafe-fixes goes with --fix') };
  }
  if (paths.length === 0)
    return { wrong: t('Which files? Name some, a folder, or - for standard input') };
  const chosen = readRuleWords(values.rule ?? [], rules);
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

/** `ID=SEVERITY`, each; the id may be another linter's name. */
function readRuleWords(words: readonly string[], rules: readonly Registered[]): LintConfig | Wrong {
  const chosen: Record<string, Severity | 'off'> = {};
  for (const word of words) {
    const [name = '', level] = word.split('=', 2);
    const named = rulesNamed(name, rules);
    const code = shellCheckName(name);
    if (named.length === 0 && code === undefined) return { wrong: unknownRule(name, rules) };
    if (!isLevel(level)) {
      return { wrong: t('--rule {0}: after `=` stands off, hint, info, warning or error', word) };
    }
    for (const { id } of named) chosen[id] = level;
    if (code !== undefined) chosen[code] = level;
  }
  return { rules: chosen };
}

/** Made from the table above. */
export function help(): string {
  const rows = Object.entries<Option>(options).map(
    ([name, { value, short, help: said, multiple }]) => [
      `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}${multiple ? ' …' : ''}`,
      said(),
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
    `  drydock lint [OPTION]… PATH…   ${t('check files; folders are searched for Dockerfiles and Containerfiles')}`,
    `  drydock explain RULE           ${t('what a rule asks, and why')}`,
    `  drydock rules                  ${t('all rules')}`,
    '',
    t('Options:'),
    ...table,
    '',
    t(
      'Exit: 0 nothing of the --fail-on severity or worse · 1 something · 2 wrong use or configuration, or a file that could not be read while all others were clean',
    ),
    '',
  ].join('\n');
}
