/** hadolint DL3030 (yum) and DL3038 (dnf, microdnf). */
import { rule } from '../../lint/rule.ts';
import { dnf, dnfLike } from '../../programs/dnf.ts';
import { invoke, type Invocation, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

const { install, reinstall, remove, upgrade } = dnf.verbs;
const hadolintSubcommands = ['install', 'groupinstall', 'localinstall', 'reinstall'];

export default rule({
  summary: 'Use `-y` with `yum` and `dnf`',
  why: 'yum and dnf wait for confirmation before they install, update or remove packages. Input is not available in a build, so the step fails.',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3030', 'DL3038'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3038'],
  on: { commands: dnfLike },
  examples: [
    {
      bad: dockerfile`
        FROM almalinux:10
        RUN «dnf install» httpd-2.4.63 && dnf clean all
      `,
      good: dockerfile`
        FROM almalinux:10
        RUN dnf install -y httpd-2.4.63 && dnf clean all
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, via, ancestors } of model.commands(...dnfLike)) {
      const invocation = invoke(command, dnf);
      const subcommand = invocation?.subcommand;
      if (!invocation || !subcommand || isConfirmed(invocation)) continue;
      if (!isVerb(invocation, install, reinstall, remove, upgrade)) continue;
      // `yes | yum install` confirms as well.
      if (ancestors.some(({ kind }) => kind === 'pipeline')) continue;
      report({
        at: { span: { start: command.span.start, end: subcommand.span.end } },
        message: t(
          '`{0} {1}` without `-y` waits for confirmation and fails',
          invocation.name,
          subcommand.text,
        ),
        also: hadolintSubcommands.includes(subcommand.text)
          ? [invocation.name === 'yum' ? 'DL3030' : 'DL3038']
          : [],
        ...(via !== 'nested' && {
          fix: { title: t('Add `{0}`', '-y'), edits: [insert(subcommand.span.end, ' -y')] },
        }),
      });
    }
  },
});

function isConfirmed(invocation: Invocation): boolean {
  const settings = invocation.values('--setopt');
  return (
    invocation.has('-y', '--assumeyes', '--assume-yes', '--assumeno', '--downloadonly') ||
    settings.some(({ text }) => /assumeyes=(?:1|true|yes)/i.test(text))
  );
}
