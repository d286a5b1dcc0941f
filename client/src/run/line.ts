/** `docker run …` → spec, and back. */
import { t } from '@vscode/l10n';
import { absolute } from './absolute.ts';
import { checked } from './option-values.ts';
import {
  clientOnly,
  optionNames,
  optionOf,
  options,
  shortOptions,
  type List,
  type OptionName,
  type Switch,
  type Text,
} from './options.ts';
import { has, specOf, withOption, type RunSpec } from './spec.ts';
import type { Trouble } from './trouble.ts';
import { printWords, wordsOf, type Surroundings } from './words.ts';

export interface Read {
  readonly spec: RunSpec;
  readonly troubles: readonly Trouble[];
}

/** The meaning of a line that was pasted. Total: what makes no sense is told, and nothing is dropped in silence. */
export function specOfLine(line: string, around: Surroundings): Read {
  const { words, unknown, rest } = wordsOf(line, around);
  const { args, nvidia, troubles } = withoutProgram(words);
  const read = specOfWords(args, around);
  const old = nvidia && read.spec.texts.runtime === undefined && !read.spec.lists.gpus;
  return {
    spec: old ? withOption(read.spec, 'runtime', 'nvidia') : read.spec,
    troubles: [
      ...troubles,
      ...read.troubles,
      ...unknown.map((name) => note(t('{0} is not known here and was left as it is', name))),
      ...(rest === '' ? [] : [note(t('What follows was left out: {0}', rest))]),
    ],
  };
}

function note(message: string): Trouble {
  return { place: 'line', severity: 'warning', message };
}

function wrong(place: Trouble['place'], message: string): Trouble {
  return { place, severity: 'error', message };
}

/** What stands behind `docker run`, without `sudo`, variables and docker's own options. */
function withoutProgram(words: readonly string[]): {
  readonly args: readonly string[];
  readonly nvidia: boolean;
  readonly troubles: readonly Trouble[];
} {
  const left = [...words];
  while (/^(?:[$>#]|sudo|winpty|time|[A-Za-z_]\w*=.*)$/s.test(left[0] ?? '')) left.shift();
  const program = /^(?:.*[/\\])?(docker|podman|nerdctl|nvidia-docker)(?:\.exe)?$/.exec(
    left[0] ?? '',
  )?.[1];
  if (program === undefined) return { args: left, nvidia: false, troubles: [] };
  left.shift();
  const troubles: Trouble[] = [];
  while (left[0]?.startsWith('-') === true) {
    const option = left.shift() ?? '';
    const value = /^(?:-[clH]|--(?:config|context|host|log-level|tls\w+))$/.test(option)
      ? ` ${left.shift() ?? ''}`
      : '';
    troubles.push(note(t('{0} belongs to the docker program and was left out', option + value)));
  }
  if (left[0] === 'container') left.shift();
  if (left[0] === 'run' || left[0] === 'create') left.shift();
  else troubles.push(wrong('line', t('This is no docker run line')));
  return { args: left, nvidia: program === 'nvidia-docker', troubles };
}

/** The meaning of the words behind `docker run`. */
export function specOfWords(args: readonly string[], around: Surroundings): Read {
  const reader = new ArgumentReader(args, around);
  reader.read();
  return { spec: reader.spec, troubles: reader.troubles };
}

class ArgumentReader {
  spec: RunSpec = specOf('');
  readonly troubles: Trouble[] = [];
  readonly #left: string[];
  readonly #around: Surroundings;

  constructor(args: readonly string[], around: Surroundings) {
    this.#left = [...args];
    this.#around = around;
  }

  /** Options stand before the image; all behind it is the command's. */
  read(): void {
    for (let word = this.#left.shift(); word !== undefined; word = this.#left.shift()) {
      if (word === '--') break;
      if (word.startsWith('--')) this.#long(word.slice(2));
      else if (word.startsWith('-') && word !== '-') this.#cluster(word.slice(1));
      else {
        this.#left.unshift(word);
        break;
      }
    }
    const [image = '', ...command] = this.#left;
    if (image === '') this.troubles.push(wrong('image', t('No image is named')));
    this.spec = { ...this.spec, image, command };
  }

  #long(text: string): void {
    const at = text.indexOf('=');
    const given = at < 0 ? text : text.slice(0, at);
    const value = at < 0 ? undefined : text.slice(at + 1);
    const name = optionOf(given);
    if (name !== undefined) this.#take(name, value, `--${given}`);
    else if (Object.hasOwn(clientOnly, given)) {
      if (clientOnly[given] === true && value === undefined) this.#left.shift();
      this.#idle(`--${given}`);
    } else this.#unknown(`--${text}`);
  }

  /** `-itd`, `-p8080:80`, `-p=8080:80`. */
  #cluster(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const letter = text[at] ?? '';
      const name = shortOptions.get(letter);
      const rest = text.slice(at + 1);
      if (name === undefined) {
        if (letter === 'q') this.#idle('-q');
        else this.#unknown(`-${letter}`);
        continue;
      }
      if (options[name].kind !== 'switch') {
        this.#take(name, rest === '' ? undefined : rest.replace(/^=/, ''), `-${letter}`);
        return;
      }
      if (rest.startsWith('=')) {
        this.#take(name, rest.slice(1), `-${letter}`);
        return;
      }
      this.#take(name, undefined, `-${letter}`);
    }
  }

  #take(name: OptionName, given: string | undefined, spelled: string): void {
    const isSwitch = options[name].kind === 'switch';
    const value = given ?? (isSwitch ? 'true' : this.#left.shift());
    if (value === undefined) {
      this.troubles.push(wrong(name, t('{0} lacks its value', spelled)));
      return;
    }
    const index = (this.spec.lists[name as List] ?? []).length;
    const { value: canonical, trouble } = checked(name, absolute(name, value, this.#around));
    if (trouble !== undefined) {
      const place = options[name].kind === 'list' ? { place: name, index } : { place: name };
      this.troubles.push({ ...place, severity: 'error', message: trouble });
    }
    this.spec = withOption(this.spec, name, canonical);
  }

  #idle(option: string): void {
    this.troubles.push(note(t('{0} belongs to the docker program and was left out', option)));
  }

  #unknown(option: string): void {
    this.troubles.push(
      wrong('other', t('{0} is no option of docker run that can be kept here', option)),
    );
  }
}

/** The words behind `docker`: `run`, options, image, command. */
export function argumentsOf(spec: RunSpec): readonly string[] {
  const words = ['run', ...clusterOf(spec)];
  for (const name of optionNames) words.push(...optionWords(spec, name));
  const image = spec.image.startsWith('-') ? ['--', spec.image] : [spec.image];
  return [...words, ...image, ...spec.command];
}

/** `-it` and `-d` as people write them. */
function clusterOf(spec: RunSpec): readonly string[] {
  const letters = (['detach', 'interactive', 'tty'] as const)
    .filter((name) => has(spec, name))
    .map((name) => options[name].short);
  return letters.length === 0 ? [] : [`-${letters.join('')}`];
}

/** The words of one option, in every place that it is given. */
function optionWords(spec: RunSpec, name: OptionName): readonly string[] {
  const option = options[name];
  switch (option.kind) {
    case 'switch':
      if (['detach', 'interactive', 'tty'].includes(name)) return [];
      return has(spec, name as Switch) ? [spelled(name)] : [];
    case 'text': {
      const value = spec.texts[name as Text];
      return value === undefined ? [] : valued(name, value);
    }
    case 'list':
      return (spec.lists[name as List] ?? []).flatMap((value) => valued(name, value));
  }
}

/** What begins with a dash, or is empty, is tied to its option, so that nobody takes it for another. */
function valued(name: OptionName, value: string): readonly string[] {
  return value === '' || value.startsWith('-') ? [`--${name}=${value}`] : [spelled(name), value];
}

const brief = new Set<OptionName>(['publish', 'publish-all', 'volume', 'env', 'workdir', 'user']);

function spelled(name: OptionName): string {
  const option: { readonly short?: string } = options[name];
  return brief.has(name) && option.short !== undefined ? `-${option.short}` : `--${name}`;
}

/** The line that makes this container in a terminal. */
export function lineOfSpec(spec: RunSpec, shell: 'posix' | 'powershell' = 'posix'): string {
  return printWords(['docker', ...argumentsOf(spec)], shell);
}
