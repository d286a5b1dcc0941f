/** tally/secrets-in-code; forms that their makers document, so that no guess is needed. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { anyOf } from '../../text/fingerprint.ts';
import { t } from '../../text/translated.ts';

interface Form {
  readonly of: string;
  readonly form: RegExp;
  /** Without one of these a text has none. */
  readonly words: readonly string[];
}

/** The makers gave them prefixes so that they can be found. */
const forms: readonly Form[] = [
  { of: 'AWS', form: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g, words: ['akia', 'asia'] },
  {
    of: 'GitHub',
    form: /\bgh[pousr]_[A-Za-z0-9]{36,251}\b|\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/g,
    words: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
  },
  {
    of: 'GitLab',
    form: /\bgl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-[A-Za-z0-9_-]{20,}/g,
    words: ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glsoat-', 'glagent-'],
  },
  { of: 'Slack', form: /\bxox[abeoprs]-\d{6,}-[A-Za-z0-9-]{10,}/g, words: ['xox'] },
  { of: 'Stripe', form: /\b[sr]k_live_[A-Za-z0-9]{16,}\b/g, words: ['k_live_'] },
  { of: 'npm', form: /\bnpm_[A-Za-z0-9]{36}\b/g, words: ['npm_'] },
  {
    of: 'PyPI',
    form: /\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}/g,
    words: ['pypi-ageichlwas5vcmc'],
  },
  { of: 'Google', form: /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g, words: ['aiza'] },
  { of: 'Hugging Face', form: /\bhf_[A-Za-z]{34}\b/g, words: ['hf_'] },
  { of: 'Docker', form: /\bdckr_pat_[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])/g, words: ['dckr_pat_'] },
  { of: 'DigitalOcean', form: /\bdop_v1_[a-f0-9]{64}\b/g, words: ['dop_v1_'] },
  {
    of: 'SendGrid',
    form: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g,
    words: ['sg.'],
  },
  { of: 'Anthropic', form: /\bsk-ant-[a-z]+\d\d-[A-Za-z0-9_-]{80,}/g, words: ['sk-ant-'] },
  {
    of: '',
    form: /-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----(?:\\n|[\s\\])*[A-Za-z0-9+/=]{40,}/g,
    words: ['private key-----'],
  },
];
const marked = forms.map((one) => ({ ...one, marks: anyOf(...one.words) }));
const placeholder = /EXAMPLE|example|xxxx|XXXX|1234567890|0123456789|(.)\1{5}|your|fake|dummy|test_?token/; // prettier-ignore

export default rule({
  summary: 'Keep keys and tokens out of the text',
  why: 'Whoever reads the file, its repository or the history of the image can use them. Take this one back where it was made, whatever else you do; the next one comes in with `RUN --mount=type=secret`, or when the container starts.',
  severity: 'error',
  since: '0.1.0',
  also: { tally: ['tally/secrets-in-code'] },
  links: ['https://docs.docker.com/build/building/secrets/'],
  on: { words: forms.flatMap(({ words }) => words) },
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
    for (const { of: whose, form, marks } of marked) {
      if (!model.mayHave(marks)) continue;
      for (const match of text.matchAll(form)) {
        if (placeholder.test(match[0])) continue;
        const isKey = whose === '';
        const end = match.index + (isKey ? match[0].lastIndexOf('-') + 1 : match[0].length);
        report({
          at: { span: { start: match.index, end } },
          message: isKey
            ? t('A private key stands here')
            : t('A key or token of {0} stands here', whose),
        });
      }
    }
  },
});
