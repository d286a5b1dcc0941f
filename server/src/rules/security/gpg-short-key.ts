/** Our own; evil32.com showed in 2014 that short ids are made to order. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { gpgLike } from '../../programs/verifiers.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

const names = [...gpgLike, 'apt-key'];

export default rule({
  summary: 'Name keys by their whole fingerprint',
  why: 'A key with the same eight digits is made in seconds on a graphics card, and key servers take any. Only the whole fingerprint of forty digits names one key.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://evil32.com/'],
  on: { commands: names },
  examples: [
    {
      bad: dockerfile`
        FROM buildpack-deps:trixie-curl
        RUN gpg --keyserver keys.openpgp.org --recv-keys «7C9E68B2»
      `,
      good: dockerfile`
        FROM buildpack-deps:trixie-curl
        RUN gpg --keyserver keys.openpgp.org --recv-keys 5F3A9C2B1D4E6F708192A3B4C5D6E7F87C9E68B2
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands(...names)) {
      const word = shortId(at);
      if (word) report({ at: word, message: t('`{0}` is too short to name one key', word.text) });
    }
  },
});

function shortId({ command: { args } }: CommandAt) {
  const at = args.findIndex(({ text }) => /^--(?:recv|recv-keys?|receive-keys)$/.test(text));
  if (at < 0) return undefined;
  return args.slice(at + 1).find(({ text }) => /^(?:0x)?[0-9A-F]{8}$/i.test(text));
}
