/** No equivalent in hadolint, BuildKit or tally. Docker's documentation on build secrets recommends it. */
import { rule } from '../../lint/rule.ts';
import type { Copy, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { fileName } from '../../text/path.ts';

const secretNames =
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:_\w+)?|\.netrc|_netrc|\.pypirc|\.git-credentials|\.htpasswd|\.env(?:\*|(?:\.(?!example|sample|template|tmpl|tpl|dist|defaults?|schema|vault|ci|test|md)[\w-]+)*(?:\.\*)?)|(?:prod|production|secrets?)\.env|\.pgpass|\.my\.cnf|kubeconfig|[\w.-]*private[\w-]*\.(?:pem|key)|[\w.-]*\.(?:p12|pfx|keystore|kdbx)|service[-_]?account[\w-]*\.json)$/i; // prettier-ignore
const secretPaths =
  /(?:^|\/)(?:\.aws\/credentials|\.docker\/config\.json|\.kube\/config|\.config\/gcloud(?:\/.*)?|\.aws|\.ssh|\.gnupg)\/?$/;
const privateKey = /\/\.ssh\/id_(?:rsa|dsa|ecdsa|ed25519)$/;
const sshDirectory = /^(?:~|\/root|\/home\/[^/]+|\$HOME|\$\{HOME\})\/\.ssh\/?$/;
/** The npm settings of a user contain tokens, those of a project usually do not. */
const userNpmSettings = /^(?:~|\/root|\/home\/[^/]+|\$HOME|\$\{HOME\})\/\.npmrc$/;
const keyFile = /\.key$|key[\w-]*\.pem$/i;
/** Keys for verifying signatures are public. */
const publicKey = /pub|gpg|pgp|release|signing|archive|repo|rpm|apt|cosign|example|\.crt/i;
/** One of these is in the name, the path or the target of each of them. */
const hints = ['id_rsa', 'id_dsa', 'id_ecdsa', 'id_ed25519', 'netrc', 'pypirc', '.git-cred', 'htpasswd', '.env', 'pgpass', '.my.cnf', 'kubeconfig', '.p12', '.pfx', 'keystore', 'kdbx', 'account', '.aws', '.docker/config', '.kube/config', 'gcloud', '.ssh', '.gnupg', 'npmrc', '.key', '.pem'] as const; // prettier-ignore
const keyring = /^\/etc\/apt\/|\/keyrings?(?:\/|$)|\/rpm-gpg|trusted\.gpg|ca-certificates|\/etc\/apk\/keys/; // prettier-ignore

export default rule({
  summary: 'Do not copy secret files into the image; use secret mounts',
  why: 'Anyone with the image or the build cache can read a copied file from its layer, even if a later step deletes it. `RUN --mount=type=secret` and `RUN --mount=type=ssh` provide a secret to one step without storing it. Provide secrets that the program needs at run time when the container starts, for example as Compose or Kubernetes secrets.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/secrets/'],
  on: { instructions: ['COPY', 'ADD'], words: hints },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        COPY «.netrc» /root/.netrc
        COPY requirements.txt .
        RUN pip install --no-cache-dir -r requirements.txt
      `,
      good: dockerfile`
        FROM python:3.13-slim
        COPY requirements.txt .
        RUN --mount=type=secret,id=netrc,target=/root/.netrc \
            pip install --no-cache-dir -r requirements.txt
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('COPY', 'ADD')) {
      if (instruction.flags.some(({ name }) => name.text === 'from')) continue;
      for (const word of instruction.sources) {
        if (!isSecret(word, instruction)) continue;
        report({
          at: word,
          message: t('Anyone with the image can read `{0}` from this layer', word.text),
        });
      }
    }
  },
});

function isSecret({ text }: Word, { target }: Copy): boolean {
  const name = fileName(text);
  const to = target?.text ?? '';
  if (secretNames.test(name) || secretPaths.test(text) || privateKey.test(to)) return true;
  if (sshDirectory.test(to) && !/known_hosts|config|authorized_keys|\.pub$/.test(name)) return true;
  if (name === '.npmrc') return userNpmSettings.test(to);
  // The target shows what the file is where its own name does not.
  if (/\.pub$|(?:^|[-_./])public/i.test(to)) return false;
  return keyFile.test(name) && !publicKey.test(text) && !keyring.test(to);
}
