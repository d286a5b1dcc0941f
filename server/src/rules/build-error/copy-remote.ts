/** BuildKit dockerfile2llb/convert_copy.go: "source can't be a URL for COPY", "source can't be a git ref for COPY". */
import { rule } from '../../lint/rule.ts';
import { address } from '../../lint/parts.ts';
import { instructionInfo } from '../../reference/instructions.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { expandWord } from '../../model/expanded-words.ts';
import { remoteKind } from '../../syntax/remote-source.ts';

const addFlags: ReadonlySet<string> = new Set(
  instructionInfo('ADD')?.flags.map(({ name }) => name),
);

export default rule({
  summary: 'Use `ADD` instead of `COPY` for URLs and Git repositories',
  why: "`COPY` reads from the build context, from other stages and from images. For a URL, the build fails with `source can't be a URL for COPY`, and for a Git repository with `source can't be a git ref for COPY`. `ADD` can download both.",
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#add'],
  on: { parts: address },
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
      const isValidForAdd = flags.every(({ name }) => addFlags.has(name.text));
      for (const source of sources) {
        const url = expandWord(model, source)?.text ?? '';
        const kind = remoteKind(url);
        if (kind === undefined) continue;
        report({
          at: source,
          message:
            kind === 'git'
              ? t('`COPY` cannot download the Git repository `{0}`; use `ADD`', url)
              : t('`COPY` cannot download the URL `{0}`; use `ADD`', url),
          ...(isValidForAdd && {
            fix: {
              title: t('Replace `{0}` with `{1}`', 'COPY', 'ADD'),
              edits: [replace(keyword.span, 'ADD')],
              safe: false,
            },
          }),
        });
      }
    }
  },
});
