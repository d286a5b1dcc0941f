/** Not in other linters. wiki.archlinux.org/title/System_maintenance: "Partial upgrades are unsupported". */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { pacman, pacmanInstalls, pacmanLike } from '../../programs/pacman.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `pacman -Syu` instead of `pacman -Sy` to install packages',
  why: 'Arch Linux has no releases: packages are built for the newest version of all others. `pacman -Sy` with names installs new packages next to the older ones of the base image, which may lack libraries that they require, so that programs do not start. `pacman -Syu` upgrades the others, too.\n\nWithout `-y`, the lists of the base image are used, and the packages that they name may no longer exist.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://wiki.archlinux.org/title/System_maintenance#Partial_upgrades_are_unsupported'],
  on: { commands: pacmanLike },
  examples: [
    {
      bad: dockerfile`
        FROM archlinux:base-20260802.0.560000
        RUN «pacman -Sy» --noconfirm git && pacman -Scc --noconfirm
      `,
      good: dockerfile`
        FROM archlinux:base-20260802.0.560000
        RUN pacman -Syu --noconfirm git && pacman -Scc --noconfirm
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands(...pacmanLike)) {
      const { command } = at;
      const call = invoke(command, pacman);
      if (call === undefined || !pacmanInstalls(call) || !call.has('-S', '--sync')) continue;
      if (!call.has('-y', '--refresh') || call.has('-u', '--sysupgrade')) continue;
      if (upgradesIn(model, at)) continue;
      const [first] = command.args;
      report({
        at: { span: { start: command.span.start, end: first?.span.end ?? command.span.end } },
        message: t('This installs packages that may require newer libraries than the image has'),
        ...(first && /^-Sy+$/.test(first.raw) && { fix: upgradeFix(first.span) }),
      });
    }
  },
});

/** Whether the step also upgrades everything: `pacman -Sy archlinux-keyring && pacman -Su`. */
function upgradesIn(model: Model, { run }: CommandAt): boolean {
  return model
    .commandsIn(run, ...pacmanLike)
    .some(({ command }) => invoke(command, pacman)?.has('-u', '--sysupgrade') === true);
}

function upgradeFix(span: { readonly start: number; readonly end: number }): Fix {
  return { title: t('Replace with `{0}`', '-Syu'), edits: [replace(span, '-Syu')], safe: false };
}
