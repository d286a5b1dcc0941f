/** No equivalent in hadolint, BuildKit or tally. apt-key was removed in Debian 13 and Ubuntu 24.10. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { encloses } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `signed-by` keyrings instead of `apt-key`',
  why: '`apt-key` was removed in Debian 13 and Ubuntu 24.10. A key that it adds is trusted for all repositories, so the owner of any one key can replace every package. Store the key in `/etc/apt/keyrings/` and reference it in the source entry: `deb [signed-by=/etc/apt/keyrings/vendor.asc] https://…`.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://manpages.debian.org/bookworm/apt/apt-key.8.en.html'],
  on: { commands: ['apt-key'] },
  examples: [
    {
      note: 'After the fix, the key is still trusted for all repositories; add `signed-by` by hand:',
      bad: dockerfile`
        FROM buildpack-deps:bookworm-curl
        RUN curl -fsSL -o /tmp/vendor.asc https://packages.example.org/key.asc
        RUN cat /tmp/vendor.asc | «apt-key add -»
      `,
      good: dockerfile`
        FROM buildpack-deps:bookworm-curl
        RUN curl -fsSL -o /tmp/vendor.asc https://packages.example.org/key.asc
        RUN cat /tmp/vendor.asc | tee /etc/apt/trusted.gpg.d/vendor.asc > /dev/null
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands('apt-key')) {
      const { command } = at;
      const verb = command.args.find(({ text }) => !text.startsWith('-'))?.text ?? '';
      if (!/^(?:add|adv)$/.test(verb)) continue;
      const fix = verb === 'add' ? keyFileFix(at) : undefined;
      report({
        at: command,
        message: t(
          '`apt-key` was removed in newer releases, and its keys are trusted for all repositories',
        ),
        tag: 'deprecated' as const,
        ...(fix && { fix }),
      });
    }
  },
});

/** Writes the piped key to a directory from which apt reads keys; apt has read ASCII-armored keys since 2017. */
function keyFileFix({ command, ancestors, via }: CommandAt): Fix | undefined {
  const pipe = ancestors.findLast(({ kind }) => kind === 'pipeline');
  if (pipe?.kind !== 'pipeline' || via === 'nested' || command.args.at(-1)?.text !== '-')
    return undefined;
  const [source] = pipe.parts;
  if (source?.kind !== 'command' || encloses(source.span, command.span)) return undefined;
  const name = keyName(source.args.map(({ text }) => text));
  if (name === undefined) return undefined;
  const file = `/etc/apt/trusted.gpg.d/${name}.asc`;
  return {
    title: t('Replace `apt-key add -` with `tee {0}`', file),
    edits: [replace(command.span, `tee ${file} > /dev/null`)],
    safe: false,
  };
}

function keyName(args: readonly string[]): string | undefined {
  const from = args.find((text) => /^https?:\/\/|\.(?:asc|gpg|key|pub)$/.test(text));
  if (from === undefined || from.includes('$')) return undefined;
  const host = /^https?:\/\/([\w.-]+)/.exec(from)?.[1];
  const name = host ?? from.replace(/^.*\//, '').replace(/\.\w+$/, '');
  return /^[\w.-]+$/.test(name) ? name : undefined;
}
