/**
 * hadolint DL3064 beyond BuildKit's check, and what BuildKit says of values that are none. Off: it goes by parts of names,
 * and a user's name is mostly no secret (#1222).
 */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { isPublic, soundsSecret } from '../../reference/secret-names.ts';

const secretLike = /api_key|client_key|password|private|secret|token|username/i;
/** Names that tools look for, and that are secret wherever they stand. */
const known =
  /^(?:APPLICATION_KEY|AWS_ACCESS_KEY_ID|AZURE_CLIENT_ID|AZURE_TENANT_ID|CI_DEPLOY_USER|DATABASE_URL|DOCKER_AUTH_CONFIG|DOCKER_EMAIL|FACEBOOK_APP_ID|GH_PAT|GITHUB_PAT|GOOGLE_APPLICATION_CREDENTIALS|HEROKU_API_USER|MYSQL_PWD|NPM_AUTH|OKTA_(?:AUTHN_GROUPID|CLIENT_ORGURL|OAUTH2_CLIENTID)|PGPASSFILE|STRIPE_DEVICE_NAME|TRAVIS_(?:OS_NAME|SECURE_ENV_VARS|SUDO))$/i;

export default rule({
  summary: 'Look twice at names that sound secret in ARG and ENV',
  why: 'Build arguments stay in the history and the provenance of an image, its environment in the image. This rule goes by parts of names, so it knows more than it should: user names, places of tokens, private networks, fingerprints of keys.',
  severity: 'off',
  since: '0.1.0',
  also: { hadolint: ['DL3064'], buildkit: ['SecretsUsedInArgOrEnv'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3064'],
  on: { instructions: ['ARG', 'ENV'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        ENV «DB_USERNAME»=app
      `,
      good: dockerfile`
        FROM node:24-slim
        ENV DB_ACCOUNT=app
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('ARG', 'ENV')) {
      const reachesImage = model.stageOf(instruction) !== undefined;
      for (const { key, value } of instruction.pairs) {
        const name = key.text;
        const byHadolint = secretLike.test(name) || known.test(name);
        const byBuildKit = reachesImage && soundsSecret(name) && isPublic(name, value?.text ?? '');
        if (!byHadolint && !byBuildKit) continue;
        report({
          at: key,
          message: t('`{0}` sounds like a secret', name),
          also: [
            ...(byHadolint ? ['DL3064'] : []),
            ...(byBuildKit ? ['SecretsUsedInArgOrEnv'] : []),
          ],
        });
      }
    }
  },
});
