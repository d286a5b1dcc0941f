/** tally/secrets-in-code, limited to formats that vendors document, so that nothing has to be guessed. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { wordHashes } from '../../text/fingerprint.ts';
import { t } from '../../text/translation.ts';

interface Form {
  /** Empty for private keys, which can be of any vendor. */
  readonly vendor: string;
  readonly pattern: RegExp;
  /** A text without any of these has no match. */
  readonly words: readonly string[];
  /** Instead of words of three characters, which many texts seem to contain. As written in the text. */
  readonly sign?: string;
}

/** Vendors use these prefixes so that leaked credentials can be found. */
const forms: readonly Form[] = [
  { vendor: 'AWS', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g, words: ['akia', 'asia'] },
  {
    vendor: 'GitHub',
    pattern: /\bgh[pousr]_[A-Za-z0-9]{36,251}\b|\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/g,
    words: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
  },
  {
    vendor: 'GitLab',
    pattern: /\bgl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-[A-Za-z0-9_-]{20,}/g,
    words: ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glsoat-', 'glagent-'],
  },
  { vendor: 'Slack', pattern: /\bxox[abeoprs]-\d{6,}-[A-Za-z0-9-]{10,}/g, words: ['xox'] },
  { vendor: 'Stripe', pattern: /\b[sr]k_live_[A-Za-z0-9]{16,}\b/g, words: ['k_live_'] },
  { vendor: 'npm', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g, words: ['npm_'] },
  {
    vendor: 'PyPI',
    pattern: /\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}/g,
    words: ['pypi-ageichlwas5vcmc'],
  },
  { vendor: 'Google', pattern: /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g, words: ['aiza'] },
  { vendor: 'Hugging Face', pattern: /\bhf_[A-Za-z]{34}\b/g, words: ['hf_'] },
  {
    vendor: 'Docker',
    pattern: /\bdckr_pat_[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])/g,
    words: ['dckr_pat_'],
  },
  { vendor: 'DigitalOcean', pattern: /\bdop_v1_[a-f0-9]{64}\b/g, words: ['dop_v1_'] },
  {
    vendor: 'SendGrid',
    pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g,
    words: [],
    sign: 'SG.',
  },
  { vendor: 'Anthropic', pattern: /\bsk-ant-[a-z]+\d\d-[A-Za-z0-9_-]{80,}/g, words: ['sk-ant-'] },
  {
    vendor: '',
    pattern:
      /-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----(?:\\n|[\s\\])*[A-Za-z0-9+/=]{40,}/g,
    words: ['private key-----'],
  },
];
const searches = forms.map((form) => ({ ...form, hints: wordHashes(...form.words) }));
const placeholder = /EXAMPLE|example|xxxx|XXXX|1234567890|0123456789|(.)\1{5}|your|fake|dummy|test_?token/; // prettier-ignore

export default rule({
  summary: 'Do not hard-code keys, tokens or other credentials',
  why: 'Anyone who can read this file, its repository or the history of the image can use the credential. Revoke it first: removing it from the file does not remove it from older versions. Pass the new one at build time with `RUN --mount=type=secret`, or when the container starts. Ignore this rule for credentials that are not valid, such as test data.',
  severity: 'error',
  since: '0.1.0',
  formerly: ['credential-in-text'],
  also: { tally: ['tally/secrets-in-code'] },
  links: ['https://docs.docker.com/build/building/secrets/'],
  on: [
    { words: forms.flatMap(({ words }) => words) },
    { signs: forms.flatMap(({ sign }) => sign ?? []) },
  ],
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        ENV SERVICE=«${'AKIA'}Z7QPWE4RTYUI2OPL»
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN --mount=type=secret,id=aws,target=/root/.aws/credentials aws s3 ls
      `,
    },
  ],
  check({ model, report }) {
    const { text } = model.tree;
    for (const { vendor, pattern, hints, sign } of searches) {
      if (sign === undefined ? !model.mayContain(hints) : !text.includes(sign)) continue;
      for (const match of text.matchAll(pattern)) {
        if (placeholder.test(match[0])) continue;
        const isKey = vendor === '';
        const end = match.index + (isKey ? match[0].lastIndexOf('-') + 1 : match[0].length);
        report({
          at: { span: { start: match.index, end } },
          message: isKey ? t('Hard-coded private key') : t('Hard-coded {0} key or token', vendor),
        });
      }
    }
  },
});
