/** Not in other linters. A step stays cached as long as nothing above it has changed. */
import { rule, type Fix } from '../../lint/rule.ts';
import { wholeSource } from '../../lint/parts.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import { bundleLike } from '../../programs/bundle.ts';
import { gradleLike, mavenLike } from '../../programs/build-tools.ts';
import { cargoLike } from '../../programs/cargo.ts';
import { composerLike } from '../../programs/composer.ts';
import { goLike } from '../../programs/go.ts';
import { npmLike } from '../../programs/npm.ts';
import { pipLike, uvLike } from '../../programs/pip.ts';
import { pnpmLike } from '../../programs/pnpm.ts';
import { isNamed, type Family } from '../../programs/program.ts';
import { yarnLike } from '../../programs/yarn.ts';
import { isBuiltFrom } from '../../model/lineage.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Instruction, InstructionOf } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { slice } from '../../text/span.ts';
import { absolutePath } from '../../text/path.ts';
import { t } from '../../text/translation.ts';
import { lineBreak } from '../../lint/edits/lines.ts';

interface Manager {
  readonly names: Family;
  /** Arguments that install the dependencies that the project lists. */
  readonly installs: RegExp;
  /** The project files that the installation reads. */
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
  { names: ['dotnet'], installs: /^(?:restore|build|publish)(?: \S+)*$/, files: '*.csproj' },
  { names: uvLike, installs: /^sync(?: \S+)*$/, files: 'pyproject.toml uv.lock' },
  {
    names: cargoLike,
    installs: /^(?:build|install|fetch|chef cook)(?: \S+)*$/,
    files: 'Cargo.toml Cargo.lock',
  },
  {
    names: mavenLike,
    installs: /^(?:\S+ )*(?:package|install|verify|compile|dependency:\S+)(?: \S+)*$/,
    files: 'pom.xml',
  },
  {
    names: gradleLike,
    installs:
      /^(?:\S+ )*(?:[\w-]*:)*(?:build|assemble|\w*[jJ]ar|\w*[wW]ar|installDist|distTar|distZip|nativeCompile)(?: \S+)*$/,
    files: 'build.gradle* settings.gradle*',
  },
  { names: ['poetry'], installs: /^install(?: -\S+)*$/, files: 'pyproject.toml poetry.lock' },
];

/** Managers that need more than these files: they run scripts of the project or install the project itself. */
const needsMore = [
  ...composerLike,
  ...cargoLike,
  ...mavenLike,
  ...gradleLike,
  ...uvLike,
  'poetry',
  'dotnet',
];

/** Those that download what a build requires while they build: with a cache mount, they do not download it again. */
const building = [...cargoLike, ...mavenLike, ...gradleLike, ...uvLike, 'dotnet'];

export default rule({
  summary: 'Install dependencies before copying the source code',
  why: 'A step stays in the build cache as long as the files that were copied before it have not changed. After `COPY . .`, every change of a source file installs all dependencies again. Copy the files that list the dependencies first, because they rarely change.\n\nIgnore this rule where the installation needs the source code.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/cache/optimize/#order-your-layers'],
  on: { parts: wholeSource },
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
      const laterInstall = installAfter(model, stage, copy);
      if (laterInstall === undefined) continue;
      const fix =
        instructions[i + 1] === laterInstall.at.run ? installFirst(model, laterInstall) : undefined;
      const name = nameOf(laterInstall.at.command) ?? '';
      report({
        at: copy,
        message: laterInstall.hasFiles
          ? t('Source changes reinstall all `{0}` packages; install them before this copy', name) // prettier-ignore
          : t('Source changes reinstall all `{0}` packages; copy {1} first', name, formatFiles(laterInstall.files)), // prettier-ignore
        related: [{ at: laterInstall.at.command, message: t('Dependencies are installed here') }],
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

interface LaterInstall {
  readonly copy: InstructionOf<'COPY'> | InstructionOf<'ADD'>;
  readonly at: CommandAt;
  readonly files: string;
  /** Whether the files that list the dependencies are already copied above. */
  readonly hasFiles: boolean;
}

/** The first installation after the copy, unless the same manager has run before it, in this stage or in its base stages. */
function installAfter(
  model: Model,
  stage: Stage,
  copy: LaterInstall['copy'],
): LaterInstall | undefined {
  let above: ReadonlySet<string> = new Set();
  for (const at of model.commands(...managers.flatMap(({ names }) => names))) {
    const files = isBuiltFrom(stage, at.stage) ? filesOf(at) : undefined;
    if (files === undefined) continue;
    if (at.run.span.start < copy.span.start) {
      above = new Set([...above, nameOf(at.command) ?? '']);
      continue;
    }
    if (at.stage !== stage || above.has(nameOf(at.command) ?? '') || isCached(at)) continue;
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

/** Whether the step keeps downloads in a cache mount. */
function isCached({ command, run }: CommandAt): boolean {
  if (!isNamed(nameOf(command), building)) return false;
  return run.flags.some(({ name, value }) => name.text === 'mount' && /type=cache/.test(value?.text ?? '')); // prettier-ignore
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

function formatFiles(files: string): string {
  return files
    .split(' ')
    .map((file) => `\`${file}\``)
    .join(', ');
}

/** Moves the step before the copy, after a copy of the files that it reads. Both copies have the working directory as their target. */
function installFirst(model: Model, { copy, at, files, hasFiles }: LaterInstall): Fix | undefined {
  const { run, command } = at;
  const { target } = copy;
  const [only, second] = model.script(run)?.statements ?? [];
  const isAlone = only === command && second === undefined && run.heredocs.length === 0;
  if (!isAlone || isNamed(nameOf(command), needsMore) || files.includes('/')) return undefined;
  const { text } = model.source;
  const between = text.slice(copy.span.end, run.span.start);
  if (between.trim() !== '' || target === undefined || target.raw !== target.text) return undefined;
  const { workdir } = model.stateAt(run);
  const isHere = /^\.\/?$/.test(target.text) || (workdir !== undefined && absolutePath(target.text, workdir) === workdir); // prettier-ignore
  if (!isHere) return undefined;
  const flags = copy.flags.map(({ span }) => `${slice(text, span)} `).join('');
  const directory = target.text.replace(/\/?$/, '/');
  const ran = slice(text, run.span);
  const first = hasFiles
    ? ''
    : `${copy.keyword.raw} ${flags}${files} ${directory}${lineBreak(model)}`;
  return {
    title: hasFiles ? t('Move the installation before this copy') : t('Copy `{0}` first', files),
    edits: [replace(copy.span, `${first}${ran}`), replace(run.span, slice(text, copy.span))],
    safe: false,
  };
}
