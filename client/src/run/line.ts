/** `docker run …` → spec, and back. */
import { t } from '@vscode/l10n';
import { argumentsIn, type OptionNames } from '../command-line/arguments.ts';
import { prefixLength } from '../command-line/prefix.ts';
import { optionOf, optionNames, shortOptions, table, type OptionName } from './options.ts';
import { boolean } from '../command-line/syntax.ts';
import { has, specOf, givenValues, withOption, type RunSpec } from './spec.ts';
import type { Trouble } from './trouble.ts';
import { printWords, wordsOf, type LineContext } from '../command-line/words.ts';

export interface Read {
  readonly spec: RunSpec;
  readonly troubles: readonly Trouble[];
}

/** Reads a pasted command. Accepts any text: everything that is invalid or ignored is reported. */
export function specOfLine(line: string, context: LineContext): Read {
  const { words, unknown, rest } = wordsOf(line, context);
  const { args, nvidia, troubles } = withoutProgram(words);
  const read = specOfWords(args, context);
  const isNvidiaDocker = nvidia && read.spec.texts.runtime === undefined && !read.spec.lists.gpus;
  return {
    spec: isNvidiaDocker ? withOption(read.spec, 'runtime', 'nvidia') : read.spec,
    troubles: [
      ...troubles,
      ...read.troubles,
      ...unknown.map((name) =>
        warning(t('The value of {0} is not known; it is kept as written', name)),
      ),
      ...(rest === '' ? [] : [warning(t('Ignored, not part of the docker command: {0}', rest))]),
    ],
  };
}

function warning(message: string): Trouble {
  return { place: 'line', severity: 'warning', message };
}

function error(place: Trouble['place'], message: string): Trouble {
  return { place, severity: 'error', message };
}

/** The words after `docker run`, without `sudo`, variables and global options of docker. */
function withoutProgram(words: readonly string[]): {
  readonly args: readonly string[];
  readonly nvidia: boolean;
  readonly troubles: readonly Trouble[];
} {
  let at = prefixLength(words);
  const program = /^(?:.*[/\\])?(docker|podman|nerdctl|nvidia-docker)(?:\.exe)?$/.exec(
    words[at] ?? '',
  )?.[1];
  if (program === undefined) return { args: words.slice(at), nvidia: false, troubles: [] };
  at++;
  const troubles: Trouble[] = [];
  while (words[at]?.startsWith('-') === true) {
    const option = words[at++] ?? '';
    const value = /^(?:-[clH]|--(?:config|context|host|log-level|tls\w+))$/.test(option)
      ? ` ${words[at++] ?? ''}`
      : '';
    troubles.push(warning(t('Global docker option {0} is ignored', option + value)));
  }
  if (words[at] === 'container') at++;
  if (words[at] === 'run' || words[at] === 'create') at++;
  else troubles.push(error('line', t('This is not a docker run command')));
  return { args: words.slice(at), nvidia: program === 'nvidia-docker', troubles };
}

/** Reads the words after `docker run`. */
export function specOfWords(args: readonly string[], context: LineContext): Read {
  const reader = new ArgumentReader(args, context);
  reader.read();
  return { spec: reader.spec, troubles: reader.troubles };
}

class ArgumentReader {
  spec: RunSpec = specOf('');
  readonly troubles: Trouble[] = [];
  readonly #args: readonly string[];
  /** Added to the spec at the end, since copying a list for each of thousands of values would take seconds. */
  readonly #lists = new Map<OptionName, string[]>();
  readonly context: LineContext;

  constructor(args: readonly string[], context: LineContext) {
    this.#args = args;
    this.context = context;
  }

  /** Options come before the image, the command after it. */
  read(): void {
    const operands: string[] = [];
    for (const argument of argumentsIn(this.#args, runOptionNames)) {
      if (argument.kind === 'operand') operands.push(argument.text);
      else if (argument.kind === 'unknown') this.#unknown(argument.text);
      else this.#take(argument.name as OptionName, argument.value, argument.spelling);
    }
    const [image = '', ...command] = operands;
    if (image === '') this.troubles.push(error('image', t('No image is specified')));
    this.spec = { ...this.spec, image, command, lists: Object.fromEntries(this.#lists) };
  }

  #take(name: OptionName, value: string | undefined, spelling: string): void {
    const { kind, syntax = kind === 'switch' ? boolean : undefined } = table[name];
    if (value === undefined) {
      this.troubles.push(error(name, t('{0} requires a value', spelling)));
      return;
    }
    const list = this.#lists.get(name) ?? [];
    const { value: kept, trouble } = syntax?.(value, this.context) ?? { value };
    if (trouble !== undefined) {
      const place = kind === 'list' ? { place: name, index: list.length } : { place: name };
      this.troubles.push({ ...place, severity: 'error', message: trouble });
    }
    if (kind !== 'list') this.spec = withOption(this.spec, name, kept);
    else {
      list.push(kept);
      this.#lists.set(name, list);
    }
  }

  #unknown(option: string): void {
    this.troubles.push(error('other', t('{0} is not an option of docker run', option)));
  }
}

const runOptionNames: OptionNames = {
  long: optionOf,
  short: (letter) => shortOptions.get(letter),
  isSwitch: (name) => table[name as OptionName].kind === 'switch',
  interspersed: false,
};

/** The words after `docker`: `run`, options, image, command. */
export function argumentsOf(spec: RunSpec): readonly string[] {
  const options = optionNames.flatMap((name) => optionWords(spec, name));
  const operands = [spec.image, ...spec.command];
  if (spec.image.startsWith('-')) operands.unshift('--');
  // Until an image is entered, nothing stands for it, unless the command would be read as the image.
  if (operands.length === 1 && spec.image === '') operands.pop();
  return ['run', ...clusterOf(spec), ...options, ...operands];
}

const clustered = ['detach', 'interactive', 'tty'] as const;

/** `-it` and `-d`. */
function clusterOf(spec: RunSpec): readonly string[] {
  const letters = clustered.filter((name) => has(spec, name)).map((name) => table[name].short);
  return letters.length === 0 ? [] : [`-${letters.join('')}`];
}

/** The words of one option, once for each of its values. */
function optionWords(spec: RunSpec, name: OptionName): readonly string[] {
  const values = givenValues(spec, name);
  if (table[name].kind !== 'switch') return values.flatMap((value) => valueWords(name, value));
  if (clustered.some((one) => one === name)) return [];
  return values.map((value) => (value === 'true' ? spelling(name) : `--${name}=${value}`));
}

/** A value that is empty or starts with a dash is written as `--option=value`, so that it is not read as an option. */
function valueWords(name: OptionName, value: string): readonly string[] {
  return value === '' || value.startsWith('-') ? [`--${name}=${value}`] : [spelling(name), value];
}

function spelling(name: OptionName): string {
  const { short, brief } = table[name];
  return brief === true && short !== undefined ? `-${short}` : `--${name}`;
}

/** The command that creates this container in a terminal. */
export function lineOfSpec(spec: RunSpec, shell: 'posix' | 'powershell' = 'posix'): string {
  return printWords(['docker', ...argumentsOf(spec)], shell);
}
