/** Our own; apt-key is gone since Debian 13 and Ubuntu 24.10. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { encloses } from '../../text/span.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Give each repository its own key instead of apt-key',
  why: '`apt-key` is gone from Debian 13 and Ubuntu 24.10 on. A key that it added was trusted for all repositories, so that one small vendor could replace every package. Put the key into `/etc/apt/keyrings/` and name it in the source: `deb [signed-by=/etc/apt/keyrings/vendor.asc] https://…`.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://manpages.debian.org/bookworm/apt/apt-key.8.en.html'],
  on: { commands: ['apt-key'] },
  examples: [
    {
      note: 'The fix keeps the key trusted for all repositories, as it was; `signed-by` is the next step:',
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
      const fix = verb === 'add' ? asFile(at) : undefined;
      report({
        at: command,
        message: t('`apt-key` is gone from newer releases, and trusts a key for all repositories'),
        tag: 'deprecated' as const,
        ...(fix && { fix }),
      });
    }
  },
});

/** What is piped in is written where apt looks for keys; it reads armoured ones since 2017. */
function asFile({ command, inside, via }: CommandAt): Fix | undefined {
  const pipe = inside.findLast(({ kind }) => kind === 'pipeline');
  if (pipe?.kind !== 'pipeline' || via === 'nested' || command.args.at(-1)?.text !== '-')
    return undefined;
  const [source] = pipe.parts;
  if (source?.kind !== 'command' || encloses(source.span, command.span)) return undefined;
  const name = keyName(source.args.map(({ text }) => text));
  if (name === undefined) return undefined;
  const file = `/etc/apt/trusted.gpg.d/${name}.asc`;
  return {
    title: t('Write the key to {0}', file),
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
