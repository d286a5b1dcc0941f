/** tally/secrets-in-code; forms that their makers document, so that no guess is needed. */
import { t } from '@vscode/l10n';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';

/** Form, and whose it is; the makers gave them prefixes so that they can be found. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/, 'AWS'],
  [/\bgh[pousr]_[A-Za-z0-9]{36,251}\b|\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/, 'GitHub'],
  [/\bgl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-[A-Za-z0-9_-]{20,}/, 'GitLab'],
  [/\bxox[abeoprs]-\d{6,}-[A-Za-z0-9-]{10,}/, 'Slack'],
  [/\b[sr]k_live_[A-Za-z0-9]{16,}\b/, 'Stripe'],
  [/\bnpm_[A-Za-z0-9]{36}\b/, 'npm'],
  [/\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}/, 'PyPI'],
  [/\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/, 'Google'],
  [/\bhf_[A-Za-z]{34}\b/, 'Hugging Face'],
  [/\bdckr_pat_[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])/, 'Docker'],
  [/\bdop_v1_[a-f0-9]{64}\b/, 'DigitalOcean'],
  [/\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/, 'SendGrid'],
  [/\bsk-ant-[a-z]+\d\d-[A-Za-z0-9_-]{80,}/, 'Anthropic'],
  [
    /-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----(?:\\n|[\s\\])*[A-Za-z0-9+/=]{40,}/,
    '',
  ],
];
/** One look tells of nearly all files that there is nothing. */
const some = /AKIA|ASIA|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|xox[a-z]-|k_live_|npm_|pypi-Ag|AIza|hf_|dckr_pat|dop_v1_|SG\.|sk-ant-|PRIVATE KEY-----/; // prettier-ignore
const placeholder = /EXAMPLE|example|xxxx|XXXX|1234567890|0123456789|(.)\1{5}|your|fake|dummy|test_?token/; // prettier-ignore

export default rule({
  summary: 'Keep keys and tokens out of the text',
  why: 'Whoever reads the file, its repository or the history of the image can use them. Take this one back where it was made, whatever else you do; the next one comes in with `RUN --mount=type=secret`, or when the container starts.',
  severity: 'error',
  since: '0.1.0',
  also: { tally: ['tally/secrets-in-code'] },
  links: ['https://docs.docker.com/build/building/secrets/'],
  on: {
    words: [
      'akia',
      'asia',
      'ghp_',
      'gho_',
      'ghu_',
      'ghs_',
      'ghr_',
      'github_pat_',
      'glpat-',
      'gldt-',
      'glrt-',
      'glcbt-',
      'glptt-',
      'glft-',
      'glsoat-',
      'glagent-',
      'xox',
      'k_live_',
      'npm_',
      'pypi-ag',
      'aiza',
      'hf_',
      'dckr_pat',
      'dop_v1_',
      'sg.',
      'sk-ant-',
      'private key',
    ],
  },
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
  *check({ model }) {
    const { text } = model.tree;
    if (!some.test(text)) return;
    for (const [form, whose] of forms) {
      for (const match of text.matchAll(new RegExp(form, 'g'))) {
        if (placeholder.test(match[0])) continue;
        const isKey = whose === '';
        const end = match.index + (isKey ? match[0].lastIndexOf('-') + 1 : match[0].length);
        yield {
          at: { span: { start: match.index, end } },
          message: isKey
            ? t('A private key stands here')
            : t('A key or token of {0} stands here', whose),
        };
      }
    }
  },
});
