/**
 * hadolint DL3064 beyond BuildKit's check, and what BuildKit reports although the value is not a secret. Off by default:
 * it matches parts of names, and a user name is usually not a secret (hadolint #1222).
 */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { isPublic, soundsSecret } from '../../reference/secret-names.ts';

const secretParts = /api_key|client_key|password|private|secret|token|username/i;
/** Names that tools read, from the list of hadolint. */
const knownNames =
  /^(?:APPLICATION_KEY|AWS_ACCESS_KEY_ID|AZURE_CLIENT_ID|AZURE_TENANT_ID|CI_DEPLOY_USER|DATABASE_URL|DOCKER_AUTH_CONFIG|DOCKER_EMAIL|FACEBOOK_APP_ID|GH_PAT|GITHUB_PAT|GOOGLE_APPLICATION_CREDENTIALS|HEROKU_API_USER|MYSQL_PWD|NPM_AUTH|OKTA_(?:AUTHN_GROUPID|CLIENT_ORGURL|OAUTH2_CLIENTID)|PGPASSFILE|STRIPE_DEVICE_NAME|TRAVIS_(?:OS_NAME|SECURE_ENV_VARS|SUDO))$/i;

export default rule({
  summary: 'Check `ARG` and `ENV` names that look like secrets',
  why: 'Build arguments are stored in the image history and provenance, and environment variables in the image configuration. This rule matches parts of names, so it also reports harmless values such as user names, token URLs, private networks and key fingerprints. It is off by default for that reason; `secret-in-env` reports the names that BuildKit considers secret.',
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
        const byHadolint = secretParts.test(name) || knownNames.test(name);
        const byBuildKit = reachesImage && soundsSecret(name) && isPublic(name, value?.text ?? '');
        if (!byHadolint && !byBuildKit) continue;
        report({
          at: key,
          message: t('`{0}` looks like the name of a secret', name),
          also: [
            ...(byHadolint ? ['DL3064'] : []),
            ...(byBuildKit ? ['SecretsUsedInArgOrEnv'] : []),
          ],
        });
      }
    }
  },
});
