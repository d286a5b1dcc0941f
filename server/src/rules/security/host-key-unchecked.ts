/** Our own: keys of hosts that are taken from whoever answers. */
import { rule, type Fix, type Report } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { invoke } from '../../programs/program.ts';
import { sshKeyscan } from '../../programs/ssh-keyscan.ts';
import { checksumPrograms } from '../../programs/verifiers.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

/** As published on docs.github.com, docs.gitlab.com and support.atlassian.com. */
const published: Readonly<Record<string, string>> = {
  'github.com': 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
  'gitlab.com': 'AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf',
  'bitbucket.org': 'AAAAC3NzaC1lZDI1NTE5AAAAIIazEu89wgQZ4bqs3d63QSMzYVa0MuJ2e2gKTKqu+UUO',
};
const comparing = ['ssh-keygen', ...checksumPrograms, 'grep', 'diff', 'cmp'];
const unchecked = /StrictHostKeyChecking(?:=|\s+)["']?(?:no|off|accept-new)\b/i;

export default rule({
  summary: 'Pin the keys of SSH hosts',
  why: '`ssh-keyscan` writes down the key of whoever answers at the moment of the build, and `StrictHostKeyChecking=no` takes any: someone in between can hand over another repository, and nobody notices. The large forges publish their keys; put the right one in, or compare fingerprints with `ssh-keygen -lf`.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: [
    'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints',
    'https://docs.gitlab.com/user/gitlab_com/#ssh-known_hosts-entries',
  ],
  on: { instructions: ['RUN', 'ENV'], words: ['ssh-keyscan', 'stricthostkeychecking'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN «ssh-keyscan github.com» >> /etc/ssh/ssh_known_hosts
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN echo 'github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl' >> /etc/ssh/ssh_known_hosts
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands(...sshKeyscan.names)) {
      const hosts = invoke(at.command, sshKeyscan)?.operands ?? [];
      if (hosts.length === 0 || isCompared(model, at)) continue;
      const fix = pinned(at);
      const end = at.command.args.at(-1)?.span.end ?? at.command.span.end;
      report({
        at: { span: { start: at.command.span.start, end } },
        message: t('The key of `{0}` is taken from whoever answers', hosts[0]?.text ?? ''),
        ...(fix && { fix }),
      });
    }
    if (model.tree.text.includes('StrictHostKeyChecking')) switchedOff(model, report);
  },
});

function isCompared(model: Model, { run }: CommandAt): boolean {
  return model.commandsIn(run, ...comparing).length > 0;
}

function pinned({ command, via }: CommandAt): Fix | undefined {
  const [host, second] = invoke(command, sshKeyscan)?.operands ?? [];
  const key = host && Object.hasOwn(published, host.text) ? published[host.text] : undefined;
  const { name, args, redirects } = command;
  const end = args.at(-1)?.span.end;
  if (host === undefined || key === undefined || second || name === undefined) return undefined;
  if (via === 'nested' || end === undefined || redirects.some(({ span }) => span.start < end))
    return undefined;
  return {
    title: t('Write the key that {0} publishes', host.text),
    edits: [replace({ start: name.span.start, end }, `echo '${host.text} ssh-ed25519 ${key}'`)],
    safe: false,
  };
}

function switchedOff(model: Model, report: Report): void {
  const message = t('With this the key of no SSH host is checked');
  for (const { command } of model.commands()) {
    const word = [...command.assignments, ...command.args].find(({ text }) => unchecked.test(text));
    if (word) report({ at: word, message });
  }
  for (const { pairs } of model.each('ENV')) {
    for (const { value } of pairs)
      if (value && unchecked.test(value.text)) report({ at: value, message });
  }
}
