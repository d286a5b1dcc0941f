/** BuildKit SecretsUsedInArgOrEnv (frontend/dockerfile/dockerfile2llb/convert.go); hadolint DL3064 has its own list of names. */
import { isStrict } from '../../lint/ignore.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import type { Word } from '../../syntax/tree.ts';
import { t } from '../../text/translation.ts';
import { isPublic, soundsSecret } from '../../reference/secret-names.ts';

const hadolintNames = /api_key|client_key|password|private|secret|token|username/i;

export default rule({
  summary: 'Do not store secrets in `ENV` or `ARG`',
  why: "Values of `ENV`, and of `ARG` used in a `RUN`, are stored in the image configuration and history. `docker history` shows them. Pass secrets at build time with `RUN --mount=type=secret`, and at run time with `--env-file` or your orchestrator's secrets. \n\nEmpty values, which someone fills in at run time, paths to secret files, and settings such as the name of a header are not reported.",
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
    let strict: boolean | undefined;
    const seen = new Set<string>();
    for (const instruction of model.each('ARG', 'ENV')) {
      const { pairs, onbuild } = instruction;
      // An ARG before the first FROM is not stored in any image.
      if (onbuild === true || model.stageOf(instruction) === undefined) continue;
      for (const { key, value } of pairs) {
        if (!soundsSecret(key.text)) continue;
        strict ??= isStrict(model.source);
        // BuildKit checks only the name, and with `check=error=true` it fails the build.
        if (!strict && (isPlaceholder(value) || isPublic(key.text, value?.text ?? ''))) continue;
        // Each stage repeats the ARG of one build argument, which one warning states.
        const declaration = `${instruction.kind} ${key.text}=${value?.text ?? ''}`;
        const isRepeated = !strict && seen.has(declaration);
        seen.add(declaration);
        report({
          at: key,
          ...(isRepeated && { severity: 'info' }),
          message: t('Anyone with the image can read `{0}`', key.text),
          also: hadolintNames.test(key.text)
            ? ['SecretsUsedInArgOrEnv', 'DL3064']
            : ['SecretsUsedInArgOrEnv'],
        });
      }
    }
  },
});

/** `ENV API_KEY=""` and `ENV API_KEY=` show which variable a container requires, and contain nothing. */
function isPlaceholder(value: Word | undefined): boolean {
  return value?.text === '';
}
