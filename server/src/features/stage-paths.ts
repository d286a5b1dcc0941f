/** Paths that a stage is known to have because of its instructions. */
import type { Model, Stage } from '../model/model.ts';
import { mavenLike } from '../programs/build-tools.ts';
import { cargoLike } from '../programs/cargo.ts';
import { composer, composerLike } from '../programs/composer.ts';
import { go, goLike } from '../programs/go.ts';
import { npm, npmLike } from '../programs/npm.ts';
import { uv, uvLike } from '../programs/pip.ts';
import { pnpm, pnpmLike } from '../programs/pnpm.ts';
import { invoke, isNamed, type Family } from '../programs/program.ts';
import { pythonLike } from '../programs/python.ts';
import { yarn, yarnLike } from '../programs/yarn.ts';
import { nameOf } from '../shell/commands.ts';
import type { Command } from '../shell/script.ts';
import type { Instruction, InstructionOf, Run } from '../syntax/tree.ts';
import { absolutePath } from '../text/path.ts';
import { lineage } from '../model/lineage.ts';

/** Longer lists are not readable; a stage can copy a hundred thousand files. */
const mostPaths = 1000;

/** The scripts of no more steps are read, from the nearest one on. The largest of 444 real Dockerfiles has about 250 instructions. */
const mostScripts = 1000;

/** Known absolute paths of a stage before an offset, latest first; directories end with a slash. */
export function pathsOf(
  model: Model,
  stage: Stage | undefined,
  offset = Infinity,
): readonly string[] {
  const found = new Set<string>();
  let scripts = 0;
  for (const { instructions } of lineage(stage)) {
    for (const instruction of instructions.toReversed()) {
      if (instruction.span.start >= offset) continue;
      if (instruction.kind === 'RUN' && ++scripts > mostScripts) continue;
      pathsBy(model, instruction)
        .filter(isPlain)
        .toReversed()
        .forEach((path) => found.add(path));
      if (found.size >= mostPaths) return [...found];
    }
  }
  return [...found];
}

function isPlain(path: string): boolean {
  return path !== '/' && /^\/[^*?[\]$\s]*$/.test(path);
}

function pathsBy(model: Model, instruction: Instruction): readonly string[] {
  switch (instruction.kind) {
    case 'WORKDIR': {
      const [word] = instruction.args;
      const path = word && model.expand(word)?.text;
      const { workdir } = model.stateAt(instruction);
      const full = path === undefined ? undefined : absolute(path, workdir);
      return full === undefined ? [] : [asDirectory(full)];
    }
    case 'COPY':
    case 'ADD':
      return pathsOfCopy(model, instruction);
    case 'VOLUME':
      return instruction.args.map(({ text }) => asDirectory(text));
    case 'RUN':
      return pathsOfRun(model, instruction);
    default:
      return [];
  }
}

/** The destination and, in a directory, the files copied by name; the contents of copied directories are unknown. */
function pathsOfCopy(model: Model, copy: InstructionOf<'COPY' | 'ADD'>): readonly string[] {
  const { kind, sources, target } = copy;
  const { workdir } = model.stateAt(copy);
  const destination = target && model.expand(target)?.text;
  const full = destination === undefined ? undefined : absolute(destination, workdir);
  if (full === undefined) return [];
  const [first] = sources;
  const isDirectory =
    full.endsWith('/') || sources.length > 1 || /^(?:\.|.*\/)$/.test(first?.text ?? '');
  if (!isDirectory) return [full];
  const directory = asDirectory(full);
  const names = sources.flatMap(({ text }) => {
    const name = text.slice(text.lastIndexOf('/') + 1);
    const isExtracted = kind === 'ADD' && /\.(?:tar(?:\.\w+)?|t[gbx]z2?)$/.test(name);
    return looksLikeFile(name) && !isExtracted ? [directory + name] : [];
  });
  return [directory, ...names];
}

/** `main.py`, `Makefile`, but not `src` and `*.js`. */
function looksLikeFile(name: string): boolean {
  return /^[\w.@+-]*[\w@+-]\.\w+$|^[A-Z][a-z]+file$|^\.\w*rc$|^\.env$|^gradlew$|^mvnw$/.test(name);
}

/** Paths that a RUN creates: directories, environments, and the usual output of build tools. */
function pathsOfRun(model: Model, run: Run): readonly string[] {
  const { workdir } = model.stateAt(run);
  const found: (string | undefined)[] = [];
  for (const { command } of model.commandsOf(run, ...pathCreatorNames)) {
    const words = command.args.filter(({ literal }) => literal).map(({ text }) => text);
    for (const path of createdPaths(command, words)) found.push(absolute(path, workdir));
    const venv = words.includes('venv') && words.slice(words.indexOf('venv') + 1).find(isOperand);
    if (typeof venv === 'string') found.push(directoryAt(venv, workdir));
  }
  return found.filter((path) => path !== undefined);
}

interface PathCreator {
  readonly names: Family;
  /** Paths as the command uses them; directories end with a slash. The words are those without variables. */
  readonly paths: (words: readonly string[], command: Command) => readonly string[];
}

const pathCreators: readonly PathCreator[] = [
  {
    names: ['mkdir'],
    paths: (words) =>
      words.filter((text) => isOperand(text) && !/^\d+$/.test(text)).map(asDirectory),
  },
  {
    names: goLike,
    paths: (words, command) => {
      if (verbOf(words) === 'install') return ['/go/bin/'];
      const output = invoke(command, go)?.value('-o')?.text;
      return output === undefined ? [] : [output];
    },
  },
  { names: ['virtualenv'], paths: (words) => words.filter(isOperand).slice(0, 1).map(asDirectory) },
  { names: uvLike, paths: (words) => (isOneOf(words, uv.verbs.restore) ? ['.venv/'] : []) },
  { names: npmLike, paths: (words) => modules(words, npm.verbs.install, npm.verbs.restore) },
  { names: yarnLike, paths: (words) => modules(words, yarn.verbs.install, yarn.verbs.restore) },
  { names: pnpmLike, paths: (words) => modules(words, pnpm.verbs.install, pnpm.verbs.restore) },
  {
    names: cargoLike,
    paths: (words) =>
      verbOf(words) === 'build' && words.includes('--release') ? ['target/release/'] : [],
  },
  {
    names: ['dotnet'],
    paths: (words) => {
      const at = words.findIndex((text) => text === '-o' || text === '--output');
      const output = at < 0 ? undefined : words[at + 1];
      return output === undefined ? [] : [asDirectory(output)];
    },
  },
  {
    names: mavenLike,
    paths: (words) =>
      /^(?:package|verify|install)$/.test(words.filter(isOperand).at(-1) ?? '') ? ['target/'] : [],
  },
  {
    names: composerLike,
    paths: (words) => (isOneOf(words, composer.verbs.restore) ? ['vendor/'] : []),
  },
  // Of these only the directory of a virtual environment is known.
  { names: pythonLike, paths: () => [] },
];

const pathCreatorNames = pathCreators.flatMap(({ names }) => names);

function createdPaths(command: Command, words: readonly string[]): readonly string[] {
  const name = nameOf(command);
  return pathCreators.find(({ names }) => isNamed(name, names))?.paths(words, command) ?? [];
}

/** The subcommand; a bare `yarn` installs. */
function verbOf(words: readonly string[]): string {
  return words.find(isOperand) ?? 'install';
}

function isOneOf(words: readonly string[], ...verbs: readonly (readonly string[])[]): boolean {
  return verbs.some((list) => list.includes(verbOf(words)));
}

/** Where packages of the project are installed; packages that are installed globally are elsewhere. */
function modules(
  words: readonly string[],
  ...verbs: readonly (readonly string[])[]
): readonly string[] {
  if (words.includes('-g') || words.includes('--global')) return [];
  return isOneOf(words, ...verbs) ? ['node_modules/'] : [];
}

function isOperand(text: string): boolean {
  return !text.startsWith('-');
}

function directoryAt(path: string, workdir: string | undefined): string | undefined {
  const full = absolute(path, workdir);
  return full === undefined ? undefined : asDirectory(full);
}

function asDirectory(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

/** An absolute path, with a trailing slash kept; undefined if the working directory is unknown. */
function absolute(path: string, workdir: string | undefined): string | undefined {
  const full = absolutePath(path, workdir);
  return full !== undefined && path.endsWith('/') ? asDirectory(full) : full;
}
