/** The program of a `docker build` command: its many spellings, and what they set for the build. */
import { t } from '@vscode/l10n';
import { prefixLength } from '../command-line/prefix.ts';
import { pairOf } from '../command-line/values.ts';

export interface Program {
  /** The number of words before the options of the build. */
  readonly length: number;
  readonly isBuild: boolean;
  /** Why this is not a build. */
  readonly trouble?: string;
}

const programs = /^(?:.*[/\\])?(docker|podman|nerdctl|buildah|buildx|docker-buildx)(?:\.exe)?$/;

/** The words that start a build after the program and its global options. */
const builds: Readonly<Record<string, RegExp>> = {
  docker: /^(?:(?:image |builder )?build|buildx (?:build|b))$/,
  podman: /^(?:(?:image |buildx )?build)$/,
  nerdctl: /^(?:(?:image |builder )?build)$/,
  buildah: /^(?:bud|build|build-using-dockerfile)$/,
  buildx: /^(?:build|b)$/,
  'docker-buildx': /^(?:build|b)$/,
};

/** Global options with a value in the next word. */
const globalValues =
  /^(?:-[clH]|--(?:config|context|host|log-level|tlscacert|tlscert|tlskey|builder|connection|url|identity|root|runroot|storage-driver|storage-opt|namespace|address))$/;

export function programOf(words: readonly string[]): Program {
  const start = prefixLength(words);
  const program = programs.exec(words[start] ?? '')?.[1];
  if (program === undefined) {
    // Only options, or nothing: a part of a command.
    const isOptions = start === words.length || /^--?\w/.test(words[start] ?? '');
    if (isOptions && start < words.length) return { length: start, isBuild: true };
    return { length: start, isBuild: false, ...(words.length > 0 && { trouble: notBuild() }) };
  }
  let at = start + 1;
  const verbs: string[] = [];
  for (;;) {
    at = afterGlobals(words, at);
    verbs.push(words[at] ?? '');
    if (builds[program]?.test(verbs.join(' ')) === true) return { length: at + 1, isBuild: true };
    if (!/^(?:image|builder|buildx)$/.test(verbs.join(' '))) break;
    at++;
  }
  return { length: Math.min(at + 1, words.length), isBuild: false, trouble: notBuild() };
}

function notBuild(): string {
  return t('This is not a docker build command');
}

function afterGlobals(words: readonly string[], start: number): number {
  let at = start;
  while (words[at]?.startsWith('-') === true) {
    const option = words[at++] ?? '';
    if (globalValues.test(option)) at++;
  }
  return at;
}

/** The variables that are set before the program: `DOCKER_BUILDKIT=1`. */
export function variablesOf(program: readonly string[]): Readonly<Record<string, string>> {
  const before = program.slice(0, prefixLength(program));
  const pairs = before.filter((word) => /^[A-Za-z_]\w*=/s.test(word)).map(pairOf);
  return Object.fromEntries(pairs.map(([name, value = '']) => [name, value]));
}

/** Whether the variables of `docker build` select the classic builder; docker buildx and other programs do not read them. */
export function disablesBuildKit(program: readonly string[]): boolean {
  const words = program.slice(prefixLength(program));
  const isDocker = programs.exec(words[0] ?? '')?.[1] === 'docker' && !words.includes('buildx');
  return isDocker && isOff(variablesOf(program).DOCKER_BUILDKIT);
}

/** A value that strconv.ParseBool of Go reads as false. */
export function isOff(value: string | undefined): boolean {
  return /^(?:0|f|false)$/i.test(value ?? '');
}

/** The program with the variable that selects the classic builder. */
export function withoutBuildKit(program: readonly string[]): readonly string[] {
  const plain = withBuildKit(program);
  const start = prefixLength(plain);
  return [...plain.slice(0, start), 'DOCKER_BUILDKIT=0', ...plain.slice(start)];
}

/** The program without the variable that selects the builder. */
export function withBuildKit(program: readonly string[]): readonly string[] {
  const start = prefixLength(program);
  return program.filter((word, at) => at >= start || !word.startsWith('DOCKER_BUILDKIT='));
}

/** The builder that words before the options of the build name: `docker buildx --builder farm build`. */
export function builderWord(program: readonly string[]): string | undefined {
  const start = prefixLength(program);
  let name = variablesOf(program).BUILDX_BUILDER;
  for (let at = start + 1; at < program.length; at++) {
    const option = program[at] ?? '';
    if (option.startsWith('--builder=')) name = option.slice('--builder='.length);
    else if (option === '--builder') name = program[++at];
    else if (globalValues.test(option)) at++;
  }
  return name;
}

/** Words of the program that select another engine than that of this window. */
export function engineWords(program: readonly string[]): readonly string[] {
  const start = prefixLength(program);
  const variables = Object.entries(variablesOf(program)).filter(([name]) =>
    /^(?:DOCKER_HOST|DOCKER_CONTEXT)$/.test(name),
  );
  const options: string[] = [];
  for (let at = start + 1; at < program.length; at++) {
    const option = program[at] ?? '';
    if (!option.startsWith('-')) continue;
    const value = globalValues.test(option) ? ` ${program[++at] ?? ''}` : '';
    if (!/^(?:-[lD]|--(?:debug|log-level|config|builder))(?:$|=)/.test(option))
      options.push(option + value);
  }
  return [...variables.map(([name, value]) => `${name}=${value}`), ...options];
}
