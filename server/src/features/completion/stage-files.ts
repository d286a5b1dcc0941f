/** Files of the stage in the commands of RUN: after options that take a file, and in paths. */
import { resolvePath } from '../../text/path.ts';
import { t } from '../../text/translation.ts';
import { pathsOf } from '../stage-paths.ts';
import type { System } from '../../reference/snippets.ts';
import { baseOf } from './base.ts';
import { plain, type Completion } from './item.ts';
import { atKeyword, type Place } from './place.ts';
import { programAt } from './shell.ts';

interface FileOption {
  readonly options: readonly string[];
  readonly pattern: RegExp;
  /** A common name of such a file. */
  readonly usual: string;
}

const requirements: FileOption = {
  options: ['-r', '--requirement', '-c', '--constraint'],
  pattern: /\.txt$/,
  usual: 'requirements.txt',
};
const environment: FileOption = {
  options: ['-f', '--file'],
  pattern: /\.ya?ml$/,
  usual: 'environment.yml',
};

/** By the first name of the program in the reference. */
const fileOptions: Readonly<Record<string, FileOption>> = {
  pip: requirements,
  'uv pip': requirements,
  conda: environment,
};

/** Undefined if the preceding word is not an option that takes a file. */
export function optionFiles(place: Place): readonly Completion[] | undefined {
  const { document, instruction, inComment, offset, typed, word } = place;
  if (instruction?.kind !== 'RUN' || inComment || atKeyword(place) || typed.startsWith('-'))
    return undefined;
  const known = programAt(document, instruction, offset);
  const [name = ''] = known?.line.names ?? [];
  const option = Object.hasOwn(fileOptions, name) ? fileOptions[name] : undefined;
  const before = known?.args.findLast(({ span }) => span.end < word.start);
  if (option?.options.includes(before?.text ?? '') !== true) return undefined;
  const here = relativePaths(place).filter((path) => option.pattern.test(path));
  const usual = here.includes(option.usual) ? [] : [plain(option.usual, word, { kind: 'path' })];
  return [
    ...here.map((path) => ({ ...stageFileItem(path, place), isExpected: true as const })),
    ...usual,
  ];
}

/** Completions for a word that starts like a path. */
export function stageFiles(place: Place): readonly Completion[] {
  const { document, instruction, inComment, typed } = place;
  if (instruction?.kind !== 'RUN' || inComment || !/^\.?\/[\w./-]*$/.test(typed)) return [];
  const paths = typed.startsWith('/')
    ? pathsOf(document.model, document.model.stageOf(instruction), instruction.span.start)
    : relativePaths(place).map((path) => `./${path}`);
  const found = paths.map((path) => stageFileItem(path, place));
  if (typed === '/' || !typed.startsWith('/')) return found;
  const { system } = baseOf(document.model.stageOf(instruction));
  const usual = commonPaths
    .filter((one) => one.system === undefined || system === undefined || one.system === system)
    .map(({ path }) => path);
  const additionalPaths = new Set([...pathsBefore(place), ...usual]);
  return [
    ...found,
    ...[...additionalPaths]
      .filter((path) => !paths.includes(path))
      .map((path) => plain(path, place.word, { kind: 'folder' })),
  ];
}

/** Paths used in the file so far, nearest first: later commands often use what earlier ones create. */
function pathsBefore({ document: { text }, word }: Place): readonly string[] {
  const precedingText = text.slice(Math.max(0, word.start - searchLength), word.start);
  const found = precedingText.matchAll(
    /(?<=[\s="':,])\/[\w.-]+(?:\/[\w.-]+)*\/?(?=[\s"':;&|)]|$)/g,
  );
  return [...new Set([...found].map(([path]) => path).reverse())];
}

/** The number of characters that are searched for paths. */
const searchLength = 8000;

/** Common paths of images, and files that are often deleted, offered once a path is typed. */
const commonPaths: readonly { readonly path: string; readonly system?: System }[] = [
  { path: '/var/lib/apt/lists/*', system: 'debian' },
  { path: '/var/cache/apt/*', system: 'debian' },
  { path: '/var/cache/apk/*', system: 'alpine' },
  { path: '/var/cache/dnf', system: 'fedora' },
  { path: '/var/cache/yum', system: 'fedora' },
  ...[
    '/tmp/*',
    '/var/tmp/*',
    '/root/.cache',
    '/usr/local/bin/',
    '/usr/local/lib/',
    '/usr/bin/',
  ].map((path) => ({ path })),
  ...['/etc/', '/opt/', '/var/log/', '/usr/share/', '/home/'].map((path) => ({ path })),
];

function stageFileItem(path: string, { word }: Place): Completion {
  const kind = path.endsWith('/') ? 'folder' : 'path';
  return plain(path, word, { kind, detail: t('in this stage') });
}

/** Paths below the working directory, relative to it. */
function relativePaths({ document: { model }, instruction }: Place): readonly string[] {
  if (instruction === undefined) return [];
  const { workdir = '/' } = model.stateAt(instruction);
  const directory = workdir === '/' ? '/' : `/${resolvePath(workdir)}/`;
  return pathsOf(model, model.stageOf(instruction), instruction.span.start)
    .filter((path) => path.startsWith(directory) && path !== directory)
    .map((path) => path.slice(directory.length));
}
