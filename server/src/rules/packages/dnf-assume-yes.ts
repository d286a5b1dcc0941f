/** hadolint DL3030 (yum) and DL3038 (dnf, microdnf). */
import { rule } from '../../lint/rule.ts';
import { dnf, dnfLike } from '../../programs/dnf.ts';
import { invoke, type Invocation, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

const { install, reinstall, remove, upgrade } = dnf.verbs;
/** Those of which hadolint knows that they ask. */
const byHadolint = ['install', 'groupinstall', 'localinstall', 'reinstall'];

export default rule({
  summary: 'Let yum and dnf go ahead with `-y`',
  why: 'yum and dnf ask before they change anything, and nobody answers in a build: the step fails.',
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
    for (const { command, via, inside } of model.commands(...dnfLike)) {
      const called = invoke(command, dnf);
      const subcommand = called?.subcommand;
      if (!called || !subcommand || isAnswered(called)) continue;
      if (!isVerb(called, install, reinstall, remove, upgrade)) continue;
      // `yes | yum install` answers all the same.
      if (inside.some(({ kind }) => kind === 'pipeline')) continue;
      report({
        at: { span: { start: command.span.start, end: subcommand.span.end } },
        message: t('`{0} {1}` asks, and nobody answers', called.name, subcommand.text),
        also: byHadolint.includes(subcommand.text)
          ? [called.name === 'yum' ? 'DL3030' : 'DL3038']
          : [],
        ...(via !== 'nested' && {
          fix: { title: t('Add {0}', '-y'), edits: [insert(subcommand.span.end, ' -y')] },
        }),
      });
    }
  },
});

function isAnswered(called: Invocation): boolean {
  const settings = called.values('--setopt');
  return (
    called.has('-y', '--assumeyes', '--assume-yes', '--assumeno', '--downloadonly') ||
    settings.some(({ text }) => /assumeyes=(?:1|true|yes)/i.test(text))
  );
}
