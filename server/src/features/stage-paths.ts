/** Paths that a stage is known to have, by its own instructions. */
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
import type { Instruction, Of, Run } from '../syntax/tree.ts';
import { absolutePath } from '../text/path.ts';
import { lineage } from '../model/lineage.ts';

/** Absolute paths that a stage is known to have before an offset, folders with a slash behind them, the latest first. */
export function pathsOf(
  model: Model,
  stage: Stage | undefined,
  offset = Infinity,
): readonly string[] {
  const found: string[] = [];
  for (const one of lineage(stage).toReversed()) {
    for (const instruction of one.instructions) {
      if (instruction.span.start >= offset) continue;
      found.push(...pathsBy(model, instruction));
    }
  }
  const clean = found.filter((path) => /^\/[^*?[\]$\s]*$/.test(path) && path !== '/');
  return [...new Set(clean.toReversed())];
}

function pathsBy(model: Model, instruction: Instruction): readonly string[] {
  switch (instruction.kind) {
    case 'WORKDIR': {
      const [word] = instruction.args;
      const path = word && model.expand(word)?.text;
      const { workdir } = model.stateAt(instruction);
      const full = path === undefined ? undefined : absolute(path, workdir);
      return full === undefined ? [] : [asFolder(full)];
    }
    case 'COPY':
    case 'ADD':
      return pathsOfCopy(model, instruction);
    case 'VOLUME':
      return instruction.args.map(({ text }) => asFolder(text));
    case 'RUN':
      return pathsOfRun(model, instruction);
    default:
      return [];
  }
}

/** The target, and in a folder the files that are named one by one; what is in folders that are copied is not known. */
function pathsOfCopy(model: Model, copy: Of<'COPY' | 'ADD'>): readonly string[] {
  const { kind, sources, target } = copy;
  const { workdir } = model.stateAt(copy);
  const written = target && model.expand(target)?.text;
  const full = written === undefined ? undefined : absolute(written, workdir);
  if (full === undefined) return [];
  const [first] = sources;
  const isFolder =
    full.endsWith('/') || sources.length > 1 || /^(?:\.|.*\/)$/.test(first?.text ?? '');
  if (!isFolder) return [full];
  const folder = asFolder(full);
  const names = sources.flatMap(({ text }) => {
    const name = text.slice(text.lastIndexOf('/') + 1);
    const unpacked = kind === 'ADD' && /\.(?:tar(?:\.\w+)?|t[gbx]z2?)$/.test(name);
    return looksLikeFile(name) && !unpacked ? [folder + name] : [];
  });
  return [folder, ...names];
}

/** `main.py`, `Makefile`, but not `src` and `*.js`. */
function looksLikeFile(name: string): boolean {
  return /^[\w.@+-]*[\w@+-]\.\w+$|^[A-Z][a-z]+file$|^\.\w*rc$|^\.env$|^gradlew$|^mvnw$/.test(name);
}

/** What a RUN makes by its own words: folders, environments, what builders leave where they always do. */
function pathsOfRun(model: Model, run: Run): readonly string[] {
  const { workdir } = model.stateAt(run);
  const found: (string | undefined)[] = [];
  for (const { command } of model.commandsIn(run, ...makerNames)) {
    const words = command.args.filter(({ literal }) => literal).map(({ text }) => text);
    found.push(...madeBy(command, words).map((path) => absolute(path, workdir)));
    const venv = words.includes('venv') && words.slice(words.indexOf('venv') + 1).find(isOperand);
    if (typeof venv === 'string') found.push(folderAt(venv, workdir));
  }
  return found.filter((path) => path !== undefined);
}

interface Maker {
  readonly names: Family;
  /** Paths as the command sees them, folders with a slash behind them; the words are those without variables. */
  readonly paths: (words: readonly string[], command: Command) => readonly string[];
}

const makers: readonly Maker[] = [
  {
    names: ['mkdir'],
    paths: (words) => words.filter((text) => isOperand(text) && !/^\d+$/.test(text)).map(asFolder),
  },
  {
    names: goLike,
    paths: (words, command) => {
      if (verbOf(words) === 'install') return ['/go/bin/'];
      const output = invoke(command, go)?.value('-o')?.text;
      return output === undefined ? [] : [output];
    },
  },
  { names: ['virtualenv'], paths: (words) => words.filter(isOperand).slice(0, 1).map(asFolder) },
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
      return output === undefined ? [] : [asFolder(output)];
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
  // Of these only the folder of a virtual environment is known.
  { names: pythonLike, paths: () => [] },
];

const makerNames = makers.flatMap(({ names }) => names);

function madeBy(command: Command, words: readonly string[]): readonly string[] {
  const name = nameOf(command);
  return makers.find(({ names }) => isNamed(name, names))?.paths(words, command) ?? [];
}

/** The subcommand; a bare `yarn` installs. */
function verbOf(words: readonly string[]): string {
  return words.find(isOperand) ?? 'install';
}

function isOneOf(words: readonly string[], ...verbs: readonly (readonly string[])[]): boolean {
  return verbs.some((list) => list.includes(verbOf(words)));
}

/** What is installed for all programs is elsewhere. */
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

function folderAt(path: string, workdir: string | undefined): string | undefined {
  const full = absolute(path, workdir);
  return full === undefined ? undefined : asFolder(full);
}

function asFolder(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

/** A path from the root of the image; what ends in a slash still does. Undefined where it is not known from where it goes. */
function absolute(path: string, workdir: string | undefined): string | undefined {
  const full = absolutePath(path, workdir);
  return full !== undefined && path.endsWith('/') ? asFolder(full) : full;
}
