/** BuildKit ExposeProtoCasing, reported once for each port. */
import { rule, type Problem } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { expandWord } from '../../model/expanded-words.ts';
import type { Word } from '../../syntax/tree.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use lowercase protocols in `EXPOSE`',
  why: 'Docker treats `TCP` as `tcp`, but other tools that read the image configuration may not.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  also: { buildkit: ['ExposeProtoCasing'] },
  links: ['https://docs.docker.com/reference/build-checks/expose-proto-casing/'],
  on: { instructions: ['EXPOSE'] },
  examples: [
    {
      bad: dockerfile`
        FROM nginx:1.31-alpine
        EXPOSE 80/«TCP»
      `,
      good: dockerfile`
        FROM nginx:1.31-alpine
        EXPOSE 80/tcp
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
  return (expandWord(model, word)?.words ?? []).flatMap((text): Problem[] => {
    const protocol = text.slice(text.indexOf('/') + 1);
    const lower = protocol.toLowerCase();
    if (protocol === lower || !['tcp', 'udp', 'sctp'].includes(lower)) return [];
    return [problem(word, protocol, lower)];
  });
}

/** Has a fix where the protocol is part of the word and does not come from a variable. */
function problem(word: Word, protocol: string, lower: string): Problem {
  const { end } = word.span;
  const place = { start: end - protocol.length, end };
  const message = t('The protocol `{0}` is not lowercase', protocol);
  if (!word.raw.endsWith(`/${protocol}`)) return { at: word, message };
  return {
    at: { span: place },
    message,
    fix: { title: t('Replace `{0}` with `{1}`', protocol, lower), edits: [replace(place, lower)] },
  };
}
