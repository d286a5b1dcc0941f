/** hadolint DL3001; `ssh` over a mounted agent is how private repositories are reached. */
import { object, texts } from '../../../../contract/schema.ts';
import { rule } from '../../lint/rule.ts';
import type { Command } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

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
  summary: 'Leave out commands that do nothing for an image',
  why: 'Processes end with their `RUN`, mounts too, and only files are kept: what `service`, `mount`, `kill` or `top` do is gone in the next step. Start programs with `CMD`.',
  severity: 'hint',
  since: '0.1.0',
  also: { hadolint: ['DL3001'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3001'],
  options: object({
    commands: texts(pointless, 'The commands that are told; these alone.'),
  }),
  on: { instructions: ['RUN'] },
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
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        CMD ["fdisk", "-l"]
      `,
    },
  ],
  check({ model, options, report }) {
    for (const { command, run } of model.commands(...options.commands)) {
      const { name } = command;
      if (name === undefined) continue;
      const forwards = run.flags.some(({ value }) => value?.text.includes('type=ssh') === true);
      if (forwards && name.text.endsWith('ssh')) continue;
      if (name.text === 'systemctl' && !startsNow(command)) continue;
      report({
        at: name,
        message: t('What `{0}` does ends with this step', name.text),
        ...(name.text === 'systemctl' && { also: [] }),
      });
    }
  },
});

/** What it enables is started with the container; what it starts can not be. */
function startsNow({ args }: Command): boolean {
  const verb = args.find(({ text }) => !text.startsWith('-'))?.text ?? '';
  return ['start', 'restart', 'reload', 'stop', 'status'].includes(verb);
}
