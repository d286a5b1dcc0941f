/** BuildKit SecretsUsedInArgOrEnv (frontend/dockerfile/dockerfile2llb/convert.go); hadolint DL3064 by names of its own. */
import { isStrict } from '../../lint/ignore.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { isPublic, soundsSecret } from '../../reference/secret-names.ts';

const byHadolint = /api_key|client_key|password|private|secret|token|username/i;

export default rule({
  summary: 'Hand secrets over as mounts, not in ARG or ENV',
  why: 'Build arguments stay in the history of the image, and its environment is readable for all who have it. `RUN --mount=type=secret` shows a secret to one step and leaves nothing behind. BuildKit goes by the name alone; a value that gives nothing away, as a fingerprint, a switch or a path, is left to `secret-like-name`.',
  severity: 'warning',
  since: '0.1.0',
  also: { hadolint: ['DL3064'], buildkit: ['SecretsUsedInArgOrEnv'], tally: ['tally/ruby/secrets-in-arg-or-env'] }, // prettier-ignore
  links: ['https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/'],
  on: {
    instructions: ['ARG', 'ENV'],
    words: [
      'apikey',
      'auth',
      'credential',
      'key',
      'password',
      'pword',
      'passwd',
      'secret',
      'token',
    ],
  },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        ARG «NPM_TOKEN»
        RUN npm ci
      `,
      good: dockerfile`
        FROM node:24-slim
        RUN --mount=type=secret,id=npm,env=NPM_TOKEN npm ci
      `,
    },
  ],
  check({ model, report }) {
    const strict = isStrict(model.tree);
    for (const instruction of model.each('ARG', 'ENV')) {
      const { pairs, kind, onbuild } = instruction;
      // Before the first FROM it reaches no image.
      if (onbuild === true || model.stageOf(instruction) === undefined) continue;
      for (const { key, value } of pairs) {
        if (!soundsSecret(key.text)) continue;
        // BuildKit looks at no value, and may have been told to refuse the file for the name.
        if (!strict && isPublic(key.text, value?.text ?? '')) continue;
        report({
          at: key,
          message:
            kind === 'ARG'
              ? t('`{0}` stays readable in the history of the image', key.text)
              : t('`{0}` is readable for all who have the image', key.text),
          also: byHadolint.test(key.text)
            ? ['SecretsUsedInArgOrEnv', 'DL3064']
            : ['SecretsUsedInArgOrEnv'],
        });
      }
    }
  },
});
