/** tally user-explicit-group-drops-supplementary-groups. */
import { rule } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import { invoke } from '../../programs/program.ts';
import { adduser, useradd } from '../../programs/useradd.ts';
import { isBuiltFrom } from '../../model/lineage.ts';
import { nameOf } from '../../shell/commands.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Omit the group in `USER` to keep supplementary groups',
  why: 'With `USER app:app`, the process has only the group `app`. Groups added with `useradd -G` or `usermod -aG`, such as `docker` or `video`, have no effect. With `USER app`, the process has all groups of the user.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/user-explicit-group-drops-supplementary-groups'] },
  links: ['https://docs.docker.com/reference/dockerfile/#user'],
  on: { instructions: ['USER'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN useradd -G video,render app
        USER «app:app»
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN useradd -G video,render app
        USER app
      `,
    },
  ],
  check({ model, report }) {
    let memberships: Memberships | undefined;
    for (const instruction of model.each('USER')) {
      const [word] = instruction.args;
      const [, name, group] = /^([^:$]+):([^:$]+)$/.exec(word?.raw ?? '') ?? [];
      const stage = model.stageOf(instruction);
      if (word === undefined || name === undefined || stage === undefined) continue;
      memberships ??= membershipsOf(model);
      const groups = (memberships.get(name) ?? [])
        .filter((one) => one.group !== group && isBuiltFrom(stage, one.stage))
        .map((one) => one.group);
      if (groups.length === 0) continue;
      report({
        at: word,
        message: t('`{0}` loses its supplementary groups here: {1}', name, groups.map((one) => `\`${one}\``).join(', ')), // prettier-ignore
        fix: {
          title: t('Remove `{0}`', `:${group ?? ''}`),
          edits: [remove({ start: word.span.start + name.length, end: word.span.end })],
          safe: false,
        },
      });
    }
  },
});

/** The groups that each user is added to, with the stage of the command. */
type Memberships = ReadonlyMap<string, readonly { group: string; stage: Stage | undefined }[]>;

function membershipsOf(model: Model): Memberships {
  const found = new Map<string, { group: string; stage: Stage | undefined }[]>();
  for (const at of model.commands(...useradd.names, ...adduser.names, 'gpasswd')) {
    const called = invoke(at.command, useradd);
    const { args } = at.command;
    const adds = nameOf(at.command) === 'gpasswd' && /^(?:-a|--add)$/.test(args[0]?.text ?? '');
    const [user, group] = called
      ? [called.operands[0], called.value('-G', '--groups')]
      : adds
        ? args.slice(1)
        : (invoke(at.command, adduser)?.operands ?? []);
    if (user === undefined || group?.literal !== true) continue;
    const ofUser = found.get(user.text) ?? [];
    found.set(user.text, ofUser);
    for (const one of called ? group.text.split(',') : [group.text])
      ofUser.push({ group: one, stage: at.stage });
  }
  return found;
}
