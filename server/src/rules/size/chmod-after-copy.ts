/** tally prefer-copy-chmod. */
import { t } from '@vscode/l10n';
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { chmod } from '../../programs/chmod.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { copiedTo, isOf, pathAt, type CopyAt } from '../copied.ts';
import { withoutCommand } from '../without-command.ts';

export default rule({
  summary: 'Set the mode of copied files with `COPY --chmod`',
  why: 'A layer holds whole files: `chmod` in a step of its own stores each file that it changes a second time. `COPY --chmod` gives them the mode as they come in.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/prefer-copy-chmod'] },
  links: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
  on: { commands: ['chmod'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        COPY start.sh /usr/local/bin/start.sh
        RUN «chmod +x /usr/local/bin/start.sh»
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY --chmod=755 start.sh /usr/local/bin/start.sh
      `,
    },
  ],
  check({ model, report }) {
    let copies: readonly CopyAt[] | undefined;
    for (const at of model.commands('chmod')) {
      const { command, stage, run } = at;
      if (stage === undefined || at.via !== 'direct' || run.onbuild === true) continue;
      const [mode, file, second] = invoke(command, chmod)?.operands ?? [];
      const wanted = modeOf(mode?.text ?? '');
      if (file === undefined || second !== undefined || wanted === undefined) continue;
      const path = pathAt(model, file, run);
      if (path === undefined) continue;
      copies ??= copiedTo(model);
      const copied = copies.findLast(
        (one) => one.stage === stage && one.copy.span.end <= run.span.start && isOf(one, path),
      );
      if (copied?.isOneFile !== true || copied.copy.flags.some(({ name }) => name.text === 'chmod')) continue; // prettier-ignore
      const fix = inCopy(model, { at, copied, mode: wanted });
      report({
        at: command,
        message: t('This stores `{0}` a second time', file.text),
        related: [{ at: copied.copy, message: t('It is copied here') }],
        fix,
      });
    }
  },
});

/** As a number; `+x` of a file with the usual mode is 755. */
function modeOf(text: string): string | undefined {
  if (/^0?[0-7]{3}$/.test(text)) return text;
  if (/^(?:a|ugo)?\+r?x$/.test(text)) return '755';
  return text === 'u+x' ? '744' : undefined;
}

interface Change {
  readonly at: CommandAt;
  readonly copied: CopyAt;
  readonly mode: string;
}

function inCopy(model: Model, { at, copied, mode }: Change): Fix | undefined {
  const edit = withoutCommand(model, at);
  if (edit === undefined) return undefined;
  const flag = `--chmod=${mode}`;
  return {
    title: t('Add {0}', flag),
    edits: [insert(copied.copy.keyword.span.end, ` ${flag}`), edit],
    safe: false,
  };
}
