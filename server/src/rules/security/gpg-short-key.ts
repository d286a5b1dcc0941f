/** No equivalent in hadolint, BuildKit or tally. evil32.com generated keys with given short IDs in 2014. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { gpgLike } from '../../programs/verifiers.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

const names = [...gpgLike, 'apt-key'];

export default rule({
  summary: 'Use full GPG key fingerprints instead of short key IDs',
  why: 'Another key with the same 8 hexadecimal digits can be generated in seconds on a graphics card, and key servers accept any key. Only the full fingerprint of 40 digits identifies one key.',
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
      if (word)
        report({
          at: word,
          message: t('`{0}` is a short key ID, which does not identify one key', word.text),
        });
    }
  },
});

function shortId({ command: { args } }: CommandAt) {
  const at = args.findIndex(({ text }) => /^--(?:recv|recv-keys?|receive-keys)$/.test(text));
  if (at < 0) return undefined;
  return args.slice(at + 1).find(({ text }) => /^(?:0x)?[0-9A-F]{8}$/i.test(text));
}
