/** Files of the stage in the commands of RUN: behind options that name one, and where a path is begun. */
import { resolvedPath } from '../../text/path.ts';
import { t } from '../../text/translated.ts';
import { pathsOf } from '../stage-paths.ts';
import { plain, type Completion } from './item.ts';
import { atKeyword, type Place } from './place.ts';
import { programAt } from './shell.ts';

interface FileOption {
  readonly options: readonly string[];
  readonly fits: RegExp;
  /** How such a file is mostly called. */
  readonly usual: string;
}

const requirements: FileOption = {
  options: ['-r', '--requirement', '-c', '--constraint'],
  fits: /\.txt$/,
  usual: 'requirements.txt',
};
const environment: FileOption = {
  options: ['-f', '--file'],
  fits: /\.ya?ml$/,
  usual: 'environment.yml',
};

/** By the first name of a program in the reference. */
const fileOptions: Readonly<Record<string, FileOption>> = {
  pip: requirements,
  'uv pip': requirements,
  conda: environment,
};

/** Undefined where the word in front does not ask for a file. */
export function optionFiles(place: Place): readonly Completion[] | undefined {
  const { document, instruction, inComment, offset, typed, word } = place;
  if (instruction?.kind !== 'RUN' || inComment || atKeyword(place) || typed.startsWith('-'))
    return undefined;
  const known = programAt(document, instruction, offset);
  const [name = ''] = known?.line.names ?? [];
  const option = Object.hasOwn(fileOptions, name) ? fileOptions[name] : undefined;
  const before = known?.args.findLast(({ span }) => span.end < word.start);
  if (option?.options.includes(before?.text ?? '') !== true) return undefined;
  const here = relativePaths(place).filter((path) => option.fits.test(path));
  const usual = here.includes(option.usual) ? [] : [plain(option.usual, word, { kind: 'path' })];
  return [...here.map((path) => inStage(path, place)), ...usual];
}

/** Where a word begins as a path does. */
export function stageFiles(place: Place): readonly Completion[] {
  const { document, instruction, inComment, typed } = place;
  if (instruction?.kind !== 'RUN' || inComment || !/^\.?\/[\w./-]*$/.test(typed)) return [];
  const paths = typed.startsWith('/')
    ? pathsOf(document.model, document.model.stageOf(instruction), instruction.span.start)
    : relativePaths(place).map((path) => `./${path}`);
  return paths.map((path) => inStage(path, place));
}

function inStage(path: string, { word }: Place): Completion {
  const kind = path.endsWith('/') ? 'folder' : 'path';
  return plain(path, word, { kind, detail: t('in this stage') });
}

/** Of what is below the working directory. */
function relativePaths({ document: { model }, instruction }: Place): readonly string[] {
  if (instruction === undefined) return [];
  const { workdir = '/' } = model.stateAt(instruction);
  const folder = workdir === '/' ? '/' : `/${resolvedPath(workdir)}/`;
  return pathsOf(model, model.stageOf(instruction), instruction.span.start)
    .filter((path) => path.startsWith(folder) && path !== folder)
    .map((path) => path.slice(folder.length));
}
