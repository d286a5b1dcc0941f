/** Our own: the cache of a step holds as long as nothing above it has changed. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import { bundleLike } from '../../programs/bundle.ts';
import { composerLike } from '../../programs/composer.ts';
import { goLike } from '../../programs/go.ts';
import { npmLike } from '../../programs/npm.ts';
import { pipLike } from '../../programs/pip.ts';
import { pnpmLike } from '../../programs/pnpm.ts';
import { isNamed, type Family } from '../../programs/program.ts';
import { yarnLike } from '../../programs/yarn.ts';
import { isBuiltFrom } from '../../model/lineage.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Instruction, Of } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { slice } from '../../text/span.ts';
import { absolutePath } from '../../text/path.ts';
import { t } from '../../text/translated.ts';
import { lineBreak } from '../../lint/edits/lines.ts';

interface Manager {
  readonly names: Family;
  /** What installs the dependencies that the project lists. */
  readonly installs: RegExp;
  /** What it reads of the project. */
  readonly files: string;
}

const managers: readonly Manager[] = [
  { names: npmLike, installs: /^(?:ci|clean-install)(?: -\S+)*$/, files: 'package.json package-lock.json' }, // prettier-ignore
  { names: npmLike, installs: /^(?:install|i)(?: -\S+)*$/, files: 'package*.json' },
  { names: yarnLike, installs: /^(?:install)?(?: ?-\S+)*$/, files: 'package.json yarn.lock' },
  { names: pnpmLike, installs: /^(?:install|i)(?: -\S+)*$/, files: 'package.json pnpm-lock.yaml' },
  { names: pipLike, installs: /^install(?: -\S+)* (?:-r|--requirement) ?(\S+\.txt)(?: -\S+)*$/, files: '$1' }, // prettier-ignore
  { names: bundleLike, installs: /^install(?: -\S+)*$/, files: 'Gemfile Gemfile.lock' },
  { names: goLike, installs: /^mod download(?: -\S+)*$/, files: 'go.mod go.sum' },
  { names: composerLike, installs: /^install(?: -\S+)*$/, files: 'composer.json composer.lock' },
  { names: ['dotnet'], installs: /^restore(?: -\S+)*$/, files: '*.csproj' },
  { names: ['poetry'], installs: /^install(?: -\S+)*$/, files: 'pyproject.toml poetry.lock' },
];

/** They need more than these files: scripts of the project run, or it is installed itself. */
const needsMore = [...composerLike, 'poetry', 'dotnet'];

export default rule({
  summary: 'Install dependencies before you copy the sources',
  why: 'A step is taken from the cache as long as no file that was copied above it has changed. Behind `COPY . .` each change of a source file installs all dependencies again. Copied first, the files that list them change seldom.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/cache/optimize/#order-your-layers'],
  on: { instructions: ['COPY', 'ADD'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        WORKDIR /app
        «COPY . .»
        RUN npm ci
        USER node
      `,
      good: dockerfile`
        FROM node:24-slim
        WORKDIR /app
        COPY package.json package-lock.json ./
        RUN npm ci
        COPY . .
        USER node
      `,
    },
  ],
  check({ model, report }) {
    for (const stage of model.stages) {
      const { instructions } = stage;
      const i = instructions.findIndex(copiesAll);
      const copy = instructions[i];
      if (copy?.kind !== 'COPY' && copy?.kind !== 'ADD') continue;
      const found = installBehind(model, stage, copy);
      if (found === undefined) continue;
      const fix = instructions[i + 1] === found.at.run ? swapped(model, found) : undefined;
      const name = nameOf(found.at.command) ?? '';
      report({
        at: copy,
        message: found.hasFiles
          ? t('Each change of a source file makes `{0}` install everything again; install above', name) // prettier-ignore
          : t('Each change of a source file makes `{0}` install everything again; copy {1} first', name, listed(found.files)), // prettier-ignore
        related: [{ at: found.at.command, message: t('The dependencies are installed here') }],
        ...(fix && { fix }),
      });
    }
  },
});

function copiesAll(instruction: Instruction): boolean {
  if (instruction.kind !== 'COPY' && instruction.kind !== 'ADD') return false;
  const { sources, flags } = instruction;
  return (
    sources.length === 1 &&
    (sources[0]?.text === '.' || sources[0]?.text === './') &&
    !flags.some(({ name }) => name.text === 'from')
  );
}

interface Found {
  readonly copy: Of<'COPY'> | Of<'ADD'>;
  readonly at: CommandAt;
  readonly files: string;
  /** What lists the dependencies is copied above already. */
  readonly hasFiles: boolean;
}

/** The first install behind the copy; not where the same has run above it, in this stage or below. */
function installBehind(model: Model, stage: Stage, copy: Found['copy']): Found | undefined {
  let above: ReadonlySet<string> = new Set();
  for (const at of model.commands(...managers.flatMap(({ names }) => names))) {
    const files = isBuiltFrom(stage, at.stage) ? filesOf(at) : undefined;
    if (files === undefined) continue;
    if (at.run.span.start < copy.span.start) {
      above = new Set([...above, nameOf(at.command) ?? '']);
      continue;
    }
    if (at.stage !== stage || above.has(nameOf(at.command) ?? '')) continue;
    const [first = ''] = files.split(' ');
    const hasFiles = stage.instructions.some(
      ({ kind, span, words }) =>
        kind === 'COPY' &&
        span.start < copy.span.start &&
        words.some(({ text }) => covers(text, first)),
    );
    return { copy, at, files, hasFiles };
  }
  return undefined;
}

function covers(text: string, file: string): boolean {
  const name = text.replace(/^.*\//, '');
  return name === file.replace(/^.*\//, '') || name.startsWith(file.slice(0, 6).replace('*', ''));
}

function filesOf({ command }: CommandAt): string | undefined {
  const name = nameOf(command) ?? '';
  const words = command.args.map(({ text }) => text).join(' ');
  for (const manager of managers) {
    if (!isNamed(name, manager.names)) continue;
    const match = manager.installs.exec(words);
    if (match) return manager.files.replace('$1', match[1] ?? '');
  }
  return undefined;
}

function listed(files: string): string {
  return files
    .split(' ')
    .map((file) => `\`${file}\``)
    .join(', ');
}

/** The step takes the place of the copy, behind one of the files that it reads; both go to the folder of the step. */
function swapped(model: Model, { copy, at, files, hasFiles }: Found): Fix | undefined {
  const { run, command } = at;
  const { target } = copy;
  const [only, second] = model.script(run)?.statements ?? [];
  const isAlone = only === command && second === undefined && run.heredocs.length === 0;
  if (!isAlone || isNamed(nameOf(command), needsMore) || files.includes('/')) return undefined;
  const { text } = model.tree;
  const between = text.slice(copy.span.end, run.span.start);
  if (between.trim() !== '' || target === undefined || target.raw !== target.text) return undefined;
  const { workdir } = model.stateAt(run);
  const isHere = /^\.\/?$/.test(target.text) || (workdir !== undefined && absolutePath(target.text, workdir) === workdir); // prettier-ignore
  if (!isHere) return undefined;
  const flags = copy.flags.map(({ span }) => `${slice(text, span)} `).join('');
  const folder = target.text.replace(/\/?$/, '/');
  const ran = slice(text, run.span);
  const first = hasFiles ? '' : `${copy.keyword.raw} ${flags}${files} ${folder}${lineBreak(model)}`;
  return {
    title: hasFiles ? t('Install before it') : t('Copy {0} first', files),
    edits: [replace(copy.span, `${first}${ran}`), replace(run.span, slice(text, copy.span))],
    safe: false,
  };
}
