/** Our own; Docker's advice on build secrets. */
import { rule } from '../../lint/rule.ts';
import type { Copy, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { fileName } from '../../text/path.ts';

const secretNames =
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:_\w+)?|\.netrc|_netrc|\.pypirc|\.git-credentials|\.htpasswd|\.env(?:\.local)?|\.pgpass|\.my\.cnf|kubeconfig|[\w.-]*private[\w-]*\.(?:pem|key)|[\w.-]*\.(?:p12|pfx|keystore|kdbx)|service[-_]?account[\w-]*\.json)$/i; // prettier-ignore
const secretPaths =
  /(?:^|\/)(?:\.aws\/credentials|\.docker\/config\.json|\.kube\/config|\.config\/gcloud(?:\/.*)?|\.aws|\.ssh|\.gnupg)\/?$/;
const privateKey = /\/\.ssh\/id_(?:rsa|dsa|ecdsa|ed25519)$/;
const sshFolder = /^(?:~|\/root|\/home\/[^/]+|\$HOME|\$\{HOME\})\/\.ssh\/?$/;
/** A user's own settings of npm hold tokens, a project's mostly do not. */
const homeSettings = /^(?:~|\/root|\/home\/[^/]+|\$HOME|\$\{HOME\})\/\.npmrc$/;
const keyFile = /\.key$|key[\w-]*\.pem$/i;
/** Keys to check signatures with are for everybody. */
const publicKey = /pub|gpg|pgp|release|signing|archive|repo|rpm|apt|cosign|example|\.crt/i;
const keyring = /^\/etc\/apt\/|\/keyrings?(?:\/|$)|\/rpm-gpg|trusted\.gpg|ca-certificates|\/etc\/apk\/keys/; // prettier-ignore

export default rule({
  summary: 'Mount secret files, do not copy them in',
  why: 'What is copied stays in its layer for all who have the image or the build cache, even when a later step removes it. `RUN --mount=type=secret` and `--mount=type=ssh` show a secret to one step and leave nothing behind; what the program needs at run time comes from the engine.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/secrets/'],
  on: { instructions: ['COPY', 'ADD'] },
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
          message: t('`{0}` stays in the layer for all who have it', word.text),
        });
      }
    }
  },
});

function isSecret({ text }: Word, { target }: Copy): boolean {
  const name = fileName(text);
  const to = target?.text ?? '';
  if (secretNames.test(name) || secretPaths.test(text) || privateKey.test(to)) return true;
  if (sshFolder.test(to) && !/known_hosts|config|authorized_keys|\.pub$/.test(name)) return true;
  if (name === '.npmrc') return homeSettings.test(to);
  return keyFile.test(name) && !publicKey.test(text) && !keyring.test(to);
}
