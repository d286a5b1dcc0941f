/** SSH host keys that are accepted without verification. No equivalent in hadolint, BuildKit or tally. */
import { rule, type Fix, type Report } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { invoke } from '../../programs/program.ts';
import { sshKeyscan } from '../../programs/ssh-keyscan.ts';
import { checksumPrograms } from '../../programs/verifiers.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

/** As published on docs.github.com, docs.gitlab.com and support.atlassian.com. */
const publishedKeys: Readonly<Record<string, string>> = {
  'github.com': 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
  'gitlab.com': 'AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf',
  'bitbucket.org': 'AAAAC3NzaC1lZDI1NTE5AAAAIIazEu89wgQZ4bqs3d63QSMzYVa0MuJ2e2gKTKqu+UUO',
};
const comparing = ['ssh-keygen', ...checksumPrograms, 'grep', 'diff', 'cmp'];
const disablesChecking = /StrictHostKeyChecking(?:=|\s+)["']?(?:no|off|accept-new)\b/i;

export default rule({
  summary: 'Pin SSH host keys; do not use `ssh-keyscan` or `StrictHostKeyChecking=no`',
  why: '`ssh-keyscan` records the host key of any server that answers during the build, and `StrictHostKeyChecking=no` accepts any key. Anyone on the network path can then serve a different repository without being noticed. GitHub, GitLab and Bitbucket publish their host keys: add the published key, or compare the fingerprint with `ssh-keygen -lf` in the same step.',
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
      if (hosts.length === 0 || isVerified(model, at)) continue;
      const fix = publishedKeyFix(at);
      const end = at.command.args.at(-1)?.span.end ?? at.command.span.end;
      report({
        at: { span: { start: at.command.span.start, end } },
        message: t(
          '`ssh-keyscan` accepts the host key of `{0}` without verification',
          hosts[0]?.text ?? '',
        ),
        ...(fix && { fix }),
      });
    }
    if (model.tree.text.includes('StrictHostKeyChecking')) reportDisabledChecking(model, report);
  },
});

function isVerified(model: Model, { run }: CommandAt): boolean {
  return model.commandsIn(run, ...comparing).length > 0;
}

function publishedKeyFix({ command, via }: CommandAt): Fix | undefined {
  const [host, second] = invoke(command, sshKeyscan)?.operands ?? [];
  const key =
    host && Object.hasOwn(publishedKeys, host.text) ? publishedKeys[host.text] : undefined;
  const { name, args, redirects } = command;
  const end = args.at(-1)?.span.end;
  if (host === undefined || key === undefined || second || name === undefined) return undefined;
  if (via === 'nested' || end === undefined || redirects.some(({ span }) => span.start < end))
    return undefined;
  return {
    title: t('Replace `ssh-keyscan` with the published host key of {0}', host.text),
    edits: [replace({ start: name.span.start, end }, `echo '${host.text} ssh-ed25519 ${key}'`)],
    safe: false,
  };
}

function reportDisabledChecking(model: Model, report: Report): void {
  const message = t('This disables SSH host key checking');
  for (const { command } of model.commands()) {
    const word = [...command.assignments, ...command.args].find(({ text }) =>
      disablesChecking.test(text),
    );
    if (word) report({ at: word, message });
  }
  for (const { pairs } of model.each('ENV')) {
    for (const { value } of pairs)
      if (value && disablesChecking.test(value.text)) report({ at: value, message });
  }
}
