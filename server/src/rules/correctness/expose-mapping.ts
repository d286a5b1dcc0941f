/** BuildKit ExposeInvalidFormat: read and dropped today, and to become an error. */
import { rule, type Problem } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { expanded } from '../../model/expanded-words.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Expose ports of the container alone',
  why: '`EXPOSE` knows no host: an address or a port before the colon is dropped, and a later BuildKit will refuse it. `docker run -p 8080:80` maps ports.',
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
      for (const word of args) problems(model, word).forEach(report);
    }
  },
});

function problems(model: Model, word: Word): readonly Problem[] {
  return (expanded(model, word)?.words ?? []).flatMap((text): Problem[] => {
    const [, host = '', port = ''] = mapping.exec(text) ?? [];
    if (!/[^:]/.test(host)) return [];
    const message = t('`{0}` names the host, which is not for the image to say', text);
    if (word.variables.length > 0) return [{ at: word, message }];
    return [
      {
        at: word,
        message,
        fix: { title: t('Write {0}', port), edits: [replace(word.span, port)] },
      },
    ];
  });
}

/** What is the host's, and the port of the container. */
const mapping = /^([^/$]*):(\d+(?:-\d+)?(?:\/[a-z]+)?)$/i;
