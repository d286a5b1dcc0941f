/** BuildKit dockerfile2llb/convert_copy.go: "source can't be a URL for COPY", "source can't be a git ref for COPY". */
import { rule } from '../../lint/rule.ts';
import { instructionInfo } from '../../reference/instructions.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { expanded } from '../../model/expanded-words.ts';
import { remoteKind } from '../../syntax/remote-source.ts';

const flagsOfAdd: ReadonlySet<string> = new Set(
  instructionInfo('ADD')?.flags.map(({ name }) => name),
);

export default rule({
  summary: 'Fetch addresses and Git repositories with ADD',
  why: '`COPY` takes files of the build context and of other stages, nothing else. `ADD` fetches.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#add'],
  on: { instructions: ['COPY'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        COPY «https://github.com/example/tool.git#v1.2.0» /opt/tool/
      `,
      good: dockerfile`
        FROM alpine:3.22
        ADD https://github.com/example/tool.git#v1.2.0 /opt/tool/
      `,
    },
  ],
  check({ model, report }) {
    for (const { keyword, flags, sources, onbuild } of model.each('COPY')) {
      if (onbuild === true) continue;
      const fits = flags.every(({ name }) => flagsOfAdd.has(name.text));
      for (const source of sources) {
        const address = expanded(model, source)?.text ?? '';
        const kind = remoteKind(address);
        if (kind === undefined) continue;
        report({
          at: source,
          message:
            kind === 'git'
              ? t('`COPY` takes no Git repository such as `{0}`; `ADD` does', address)
              : t('`COPY` takes no address such as `{0}`; `ADD` does', address),
          ...(fits && {
            fix: { title: t('Write ADD'), edits: [replace(keyword.span, 'ADD')], safe: false },
          }),
        });
      }
    }
  },
});
