/** Facts about a stage: its base, user, working directory and variables, and its known users and groups. */
import type { Document } from '../model/document.ts';
import type { Model, Stage } from '../model/model.ts';
import { officialName } from '../images/releases.ts';
import { lineage, rootImage } from '../model/lineage.ts';
import { isWindowsImage } from '../model/stage-shells.ts';
import { invoke } from '../programs/program.ts';
import { adduser, groupCreators, useradd, userCreators } from '../programs/useradd.ts';
import { imageUsers } from '../reference/words.ts';
import type { Instruction, InstructionOf } from '../syntax/tree.ts';
import { t } from '../text/translation.ts';
import { code } from './documentation.ts';

/** The base of a stage and how often it is used, and its final state in a second paragraph. */
export function stageMarkdown({ model }: Document, stage: Stage): string {
  const { name, index, image, base, usedBy, from } = stage;
  const origin = image ?? from.image?.text ?? '';
  const label = code(name ?? String(index));
  const description =
    base?.kind === 'stage'
      ? t('Stage {0}, based on stage {1}.', label, code(base.name ?? String(base.index)))
      : t('Stage {0}, based on {1}.', label, code(origin));
  const usage =
    usedBy.length === 0
      ? t('Not used by other instructions.')
      : usedBy.length === 1
        ? t('Used by 1 instruction.')
        : t('Used by {0} instructions.', usedBy.length);
  const end = endOf(model, stage);
  return `${description} ${usage}${end === '' ? '' : `\n\n${end}`}`;
}

/** The maximum number of variables that are listed. */
const maxVariables = 8;

function endOf(model: Model, stage: Stage): string {
  const last = lastOf(stage);
  if (last === undefined) return '';
  const { user, workdir, variables } = model.stateAt(last);
  const userName = (last.kind === 'USER' ? last.args[0] : user)?.text;
  const next = last.kind === 'WORKDIR' ? last.args[0]?.text : undefined;
  const directory = next?.startsWith('/') === true ? next : workdir;
  const names = [...variables.values()].flatMap(({ name, from }) =>
    typeof from === 'object' && from.kind === 'ENV' ? [name] : [],
  );
  if (last.kind === 'ENV') for (const { key } of last.pairs) names.push(key.text);
  const listed = [...new Set(names)].slice(0, maxVariables).map(code);
  if (names.length > maxVariables) listed.push('…');
  return [
    userName === undefined ? '' : t('User: {0}.', code(userName)),
    directory === undefined ? '' : t('Working directory: {0}.', code(directory)),
    listed.length === 0 ? '' : t('Environment variables: {0}.', listed.join(', ')),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function lastOf(stage: Stage): Instruction | undefined {
  for (const one of lineage(stage)) if (one.instructions.length > 0) return one.instructions.at(-1);
  return undefined;
}

/** A user of a stage, and its origin. */
export interface KnownUser {
  readonly name: string;
  readonly from: 'system' | 'image' | 'file';
  /** The group of a user that was created with another one than that of its name. */
  readonly group?: string | undefined;
}

/** Users that exist before an offset; those created in the file first. */
export function usersOf(
  model: Model,
  stage: Stage | undefined,
  offset: number,
): readonly KnownUser[] {
  return [...createdNames(model, stage, offset, userCreators), ...baseUsers(stage)];
}

/** Groups that exist before an offset; most users have a group with the same name. */
export function groupsOf(
  model: Model,
  stage: Stage | undefined,
  offset: number,
): readonly KnownUser[] {
  const commands = [...groupCreators, ...userCreators];
  return [...createdNames(model, stage, offset, commands), ...baseUsers(stage)];
}

const windowsUsers: readonly KnownUser[] = ['ContainerUser', 'ContainerAdministrator'].map(
  (name) => ({ name, from: 'system' }),
);

function baseUsers(stage: Stage | undefined): readonly KnownUser[] {
  const root = rootImage(stage);
  // Only images built on Windows have such releases in their tags.
  if (root && (isWindowsImage(root) || root.tag?.includes('ltsc20'))) return windowsUsers;
  const image = root && officialName(root);
  const own = image !== undefined && Object.hasOwn(imageUsers, image) ? imageUsers[image] : [];
  const distroless = root?.repository.startsWith('distroless/') === true ? ['nonroot'] : [];
  return [
    ...[...(own ?? []), ...distroless].map((name): KnownUser => ({ name, from: 'image' })),
    { name: 'root', from: 'system' },
    { name: 'nobody', from: 'system' },
  ];
}

/** The name of a command that creates a user or group, or one that is written with quotes or escape characters in it. */
const mayCreate = /(?:user|group)add|add(?:user|group)|[a-z]["'\\`^]/i;

/** Steps that may create users are read from the nearest one on; a file has some few of them. */
const mostSteps = 1000;

function createdNames(
  model: Model,
  stage: Stage | undefined,
  offset: number,
  commands: readonly string[],
): readonly KnownUser[] {
  const found = new Map<string, string | undefined>();
  for (const run of creatingSteps(model, new Set(lineage(stage)), offset)) {
    for (const { command } of model.commandsOf(run, ...commands)) {
      const read = invoke(command, useradd) ?? invoke(command, adduser);
      // `groupadd` has no table; `adduser NAME GROUP` has the user first.
      const word = read ? read.operands[0] : command.args.findLast((arg) => !/^-/.test(arg.text));
      if (word?.literal === true && /^[A-Za-z_][\w.-]*\$?$/.test(word.text))
        found.set(word.text, read?.value('-g', '--gid', '--ingroup', '-G')?.text);
    }
  }
  return [...found].reverse().map(([name, group]): KnownUser => ({ name, from: 'file', group }));
}

/** The steps of some stages before an offset that may create users. */
function creatingSteps(
  model: Model,
  stages: ReadonlySet<Stage>,
  offset: number,
): readonly InstructionOf<'RUN'>[] {
  const { text } = model.source;
  const steps = model.each('RUN');
  const found: InstructionOf<'RUN'>[] = [];
  for (let i = steps.length - 1; i >= 0 && found.length < mostSteps; i--) {
    const step = steps[i] as InstructionOf<'RUN'>;
    const { start, end } = step.span;
    // Most scripts create no user and need not be read.
    if (start >= offset || !mayCreate.test(text.slice(start, end))) continue;
    const stage = model.stageOf(step);
    if (stage !== undefined && stages.has(stage)) found.push(step);
  }
  return found.reverse();
}
