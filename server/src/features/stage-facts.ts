/** What a stage hands on: its parentage, user, folder and variables; and the users and folders that it is known to have. */
import type { Document } from '../model/document.ts';
import { lineage, rootImage } from '../model/lineage.ts';
import type { Model, Stage } from '../model/model.ts';
import { officialName } from '../images/releases.ts';
import { isWindowsImage } from '../model/state.ts';
import { invoke } from '../programs/program.ts';
import { adduser, groupCreators, useradd, userCreators } from '../programs/useradd.ts';
import { imageUsers } from '../reference/words.ts';
import type { Instruction } from '../syntax/tree.ts';
import { t } from '../text/translated.ts';
import { code } from './documentation.ts';

/** Its base and who takes from it, and in a second paragraph what holds at its end. */
export function stageMarkdown({ model }: Document, stage: Stage): string {
  const { name, index, image, base, usedBy, from } = stage;
  const origin = image ?? from.image?.text ?? '';
  const parent =
    base?.kind === 'stage'
      ? t('goes on from stage {0}', code(base.name ?? String(base.index)))
      : t('begins with {0}', code(origin));
  const users =
    usedBy.length === 0
      ? t('No other instruction uses it.')
      : t('Instructions that use it: {0}.', usedBy.length);
  const said = `${t('Stage {0} {1}.', code(name ?? String(index)), parent)} ${users}`;
  const end = endOf(model, stage);
  return end === '' ? said : `${said}\n\n${end}`;
}

/** At most so many variables are named. */
const most = 8;

function endOf(model: Model, stage: Stage): string {
  const last = lastOf(stage);
  if (last === undefined) return '';
  const { user, workdir, variables } = model.stateAt(last);
  const who = (last.kind === 'USER' ? last.args[0] : user)?.text;
  const next = last.kind === 'WORKDIR' ? last.args[0]?.text : undefined;
  const where = next?.startsWith('/') === true ? next : workdir;
  const names = [...variables.values()].flatMap(({ name, from }) =>
    typeof from === 'object' && from.kind === 'ENV' ? [name] : [],
  );
  if (last.kind === 'ENV') names.push(...last.pairs.map(({ key }) => key.text));
  const shown = [...new Set(names)].slice(0, most).map(code);
  if (names.length > most) shown.push('…');
  return [
    who === undefined ? '' : t('User {0}.', code(who)),
    where === undefined ? '' : t('Folder {0}.', code(where)),
    shown.length === 0 ? '' : t('Sets {0}.', shown.join(', ')),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function lastOf(stage: Stage): Instruction | undefined {
  for (const one of lineage(stage)) if (one.instructions.length > 0) return one.instructions.at(-1);
  return undefined;
}

/** A user of a stage, and whose doing it is. */
export interface KnownUser {
  readonly name: string;
  readonly from: 'system' | 'image' | 'file';
}

/** Users that are there before an offset; those that the file makes first. */
export function usersOf(
  model: Model,
  stage: Stage | undefined,
  offset: number,
): readonly KnownUser[] {
  return [...made(model, stage, offset, userCreators), ...givenUsers(stage)];
}

/** Groups that are there before an offset; a user mostly has one of its name. */
export function groupsOf(
  model: Model,
  stage: Stage | undefined,
  offset: number,
): readonly KnownUser[] {
  const creators = [...groupCreators, ...userCreators];
  return [...made(model, stage, offset, creators), ...givenUsers(stage)];
}

const windowsUsers: readonly KnownUser[] = ['ContainerUser', 'ContainerAdministrator'].map(
  (name) => ({ name, from: 'system' }),
);

function givenUsers(stage: Stage | undefined): readonly KnownUser[] {
  const root = rootImage(stage);
  // Only what is built on Windows has such releases in its tags.
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

function made(
  model: Model,
  stage: Stage | undefined,
  offset: number,
  commands: readonly string[],
): readonly KnownUser[] {
  const stages = new Set(lineage(stage));
  const found = new Set<string>();
  for (const { command, stage: at, run } of model.commands(...commands)) {
    if (at === undefined || !stages.has(at) || run.span.start >= offset) continue;
    const read = invoke(command, useradd) ?? invoke(command, adduser);
    // `groupadd` has no table; `adduser NAME GROUP` names the user first.
    const word = read ? read.operands[0] : command.args.findLast((arg) => !/^-/.test(arg.text));
    if (word?.literal === true && /^[A-Za-z_][\w.-]*\$?$/.test(word.text)) found.add(word.text);
  }
  return [...found].reverse().map((name): KnownUser => ({ name, from: 'file' }));
}
