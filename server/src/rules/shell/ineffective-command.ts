/** hadolint DL3001. `ssh` with a mounted agent is allowed, because private repositories are fetched with it. */
import { object, texts } from '../../../../contract/schema.ts';
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Command } from '../../shell/script.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

const pointless = [
  'free',
  'kill',
  'mount',
  'ps',
  'service',
  'shutdown',
  'ssh',
  'systemctl',
  'top',
  'vim',
];

export default rule({
  summary: 'Avoid commands that have no effect in an image build',
  why: 'Processes and mounts end with their `RUN`, and only files are stored in the image. The effects of `service`, `mount`, `kill` and `top` do not reach later steps or the container. Start programs with `CMD` or `ENTRYPOINT`.\n\nIgnore this rule where another command of the same step needs it, for example a database that must run to be initialized.',
  severity: 'hint',
  since: '0.1.0',
  formerly: ['pointless-command'],
  also: { hadolint: ['DL3001'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3001'],
  options: object({
    commands: texts(pointless, 'The commands to report. This list replaces the default.'),
  }),
  onWith: ({ commands }) => ({ commands }),
  examples: [
    {
      bad: dockerfile`
        FROM nginx:1.31-alpine
        RUN «service» nginx start
      `,
      good: dockerfile`
        FROM nginx:1.31-alpine
        CMD ["nginx", "-g", "daemon off;"]
      `,
    },
    {
      options: { commands: ['fdisk'] },
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN «fdisk» -l
        CMD ["bash"]
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        CMD ["bash"]
      `,
    },
  ],
  check({ model, options, report }) {
    let last: { readonly run: Run; readonly starts: boolean } | undefined;
    for (const { command, run } of model.commands(...options.commands)) {
      const { name } = command;
      if (name === undefined) continue;
      const forwards = run.flags.some(({ value }) => value?.text.includes('type=ssh') === true);
      if (forwards && name.text.endsWith('ssh')) continue;
      if (name.text === 'systemctl' && !startsNow(command)) continue;
      if (name.text === 'kill') {
        if (last?.run !== run) last = { run, starts: startsInBackground(model, run) };
        if (last.starts) continue;
      }
      report({
        at: name,
        message: t('`{0}` has no effect after this step', name.text),
        ...(name.text === 'systemctl' && { also: [] }),
      });
    }
  },
});

/** Whether a command of the step runs in the background, so that ending it is the purpose of `kill`. */
function startsInBackground(model: Model, run: Run): boolean {
  const text = model.source.text.slice(run.span.start, run.span.end);
  return /(?:^|[^&>|])&(?![&>\d])|\$!/.test(text);
}

/** `systemctl enable` changes files in the image; `systemctl start` needs a running systemd. */
function startsNow({ args }: Command): boolean {
  const verb = args.find(({ text }) => !text.startsWith('-'))?.text ?? '';
  return ['start', 'restart', 'reload', 'stop', 'status'].includes(verb);
}
