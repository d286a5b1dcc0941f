/** BuildKit ExposeInvalidFormat: ignored today, an error in a future release. */
import { rule, type Problem } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { expandWord } from '../../model/expanded-words.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Do not use an IP address or host port in `EXPOSE`',
  why: '`EXPOSE` takes container ports only. An IP address or a host port before the colon is ignored, and a future BuildKit release will reject it. Publish ports with `docker run -p 8080:80`.',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',
  also: { buildkit: ['ExposeInvalidFormat'] },
  links: ['https://docs.docker.com/reference/build-checks/expose-invalid-format/'],
  on: { instructions: ['EXPOSE'] },
  examples: [
    {
      bad: dockerfile`
        FROM nginx:1.31-alpine
        EXPOSE «8080:80»
      `,
      good: dockerfile`
        FROM nginx:1.31-alpine
        EXPOSE 80
      `,
    },
  ],
  check({ model, report }) {
    for (const { args, onbuild } of model.each('EXPOSE')) {
      if (onbuild === true) continue;
      for (const word of args) problemsOf(model, word).forEach(report);
    }
  },
});

function problemsOf(model: Model, word: Word): readonly Problem[] {
  return (expandWord(model, word)?.words ?? []).flatMap((text): Problem[] => {
    const [, host = '', port = ''] = mapping.exec(text) ?? [];
    if (!/[^:]/.test(host)) return [];
    const message = t('`EXPOSE` ignores the IP address or host port in `{0}`', text);
    if (word.variables.length > 0) return [{ at: word, message }];
    return [
      {
        at: word,
        message,
        fix: {
          title: t('Replace `{0}` with `{1}`', text, port),
          edits: [replace(word.span, port)],
        },
      },
    ];
  });
}

/** The address and port of the host, then the port of the container. */
const mapping = /^([^/$]*):(\d+(?:-\d+)?(?:\/[a-z]+)?)$/i;
