/** TLS connections without certificate verification. No equivalent in hadolint, BuildKit or tally. */
import { rule, type Fix, type Report } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { curl, curlLike } from '../../programs/curl.ts';
import { pip, pipLike } from '../../programs/pip.ts';
import { invoke, isNamed } from '../../programs/program.ts';
import { wget, wgetLike } from '../../programs/wget.ts';
import { aptLike } from '../../programs/apt.ts';
import { bundleLike } from '../../programs/bundle.ts';
import { composerLike } from '../../programs/composer.ts';
import { condaLike } from '../../programs/conda.ts';
import { dnfLike } from '../../programs/dnf.ts';
import { gemLike } from '../../programs/gem.ts';
import { gitLike } from '../../programs/git.ts';
import { npmLike } from '../../programs/npm.ts';
import { pnpmLike } from '../../programs/pnpm.ts';
import { yarnLike } from '../../programs/yarn.ts';
import { downloaders } from '../../programs/downloaders.ts';
import { nameOf } from '../../shell/commands.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { wordHashes } from '../../text/fingerprint.ts';
import { t } from '../../text/translation.ts';
import { removeWord } from '../../lint/edits/remove-word.ts';
import { isVerified } from '../../model/verification.ts';

const others = [...wgetLike, ...pipLike, ...npmLike, ...yarnLike, ...pnpmLike, ...gitLike, ...condaLike, ...aptLike, ...dnfLike, ...gemLike, ...composerLike, ...bundleLike, 'ansible-galaxy']; // prettier-ignore
const names = [...curlLike, ...others];
/** Parts of all options and settings but those of curl: without one of these, only curl has to be checked. */
const optionWords = ['no-check-cert', 'ignore-certs', 'trusted-host', 'strict-ssl', 'strictssl', 'sslverify', 'ssl-verify', 'ssl_verify', 'verify-peer', 'verify-host'] as const; // prettier-ignore
const optionHints = wordHashes(...optionWords);
/** A first, fast check: most commands have no such word. */
const suspectWord = /^-\w*k|insecure|no-check-cert|ignore-certs|trusted-host|ssl|Verify/i;
/** What a file with such a word, or with one of the variables, contains. */
const suspectText =
  /[\s"'\\]-\w*k|insecure|no-check-cert|ignore-certs|trusted[-_]host|ssl|verify|tls_reject/i;
const localAddress = /\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)/;
/** Settings that disable verification, as one or two words of a command. */
const disablingSettings = /^--ignore-certs\b|^(?:global|install|user|site)\.trusted-host[= ]\S|^http\.sslverify[= ](?:false|0)$|^(?:strict-ssl|ssl[_-]verify|enableStrictSsl)[= ](?:false|no|0)$|^Acquire::https(?:::[^:]+)?::Verify-(?:Peer|Host)=["']?(?:false|0)|^--setopt=sslverify=(?:0|false)$|^--strict-ssl=false$|^sslverify=(?:0|false)$/i; // prettier-ignore
const disablingVariables = /^(?:GIT_SSL_NO_VERIFY=(?:1|true)|NODE_TLS_REJECT_UNAUTHORIZED=0|PYTHONHTTPSVERIFY=0|npm_config_strict_ssl=false|PIP_TRUSTED_HOST=.+|CURL_INSECURE=1)$/i; // prettier-ignore
const variableWords = ['git_ssl_no_verify', 'node_tls_reject', 'pythonhttpsverify', 'strict_ssl', 'pip_trusted_host', 'curl_insecure'] as const; // prettier-ignore
const variableHints = wordHashes(...variableWords);

export default rule({
  summary: 'Do not disable TLS certificate verification',
  why: 'Without certificate verification, anyone on the network path can impersonate the server, and what they send becomes part of the image. For an internal certificate authority, copy its certificate into the image and run `update-ca-certificates`. Downloads whose checksum or signature is verified in the same step are not reported.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  formerly: ['certificates-unchecked'],
  links: ['https://curl.se/docs/sslcerts.html'],
  on: {
    instructions: ['RUN', 'ENV'],
    words: [...curlLike, ...optionWords, ...variableWords],
    signs: [suspectText],
  },
  examples: [
    {
      bad: dockerfile`
        FROM buildpack-deps:trixie-curl
        RUN curl «-k» -fsSLO https://downloads.example.org/tool.tar.gz
      `,
      good: dockerfile`
        FROM buildpack-deps:trixie-curl
        RUN curl -fsSLO https://downloads.example.org/tool.tar.gz
      `,
    },
  ],
  check({ model, report }) {
    const hasOthers = model.mayContain(optionHints);
    for (const at of model.commands(...(hasOthers ? names : curlLike))) {
      const word = disablingWord(at);
      if (word === undefined || isVerified(model, at.run)) continue;
      const fix = at.via === 'nested' ? undefined : removalFix(model, word);
      report({
        at: word,
        message: t('TLS certificate verification is disabled'),
        ...(fix && { fix }),
      });
    }
    if (model.mayContain(variableHints)) reportVariables(model, report);
  },
});

function disablingWord({ command }: CommandAt): ShellWord | undefined {
  const { args } = command;
  const isCurl = isNamed(nameOf(command), curlLike);
  const isCandidate = (text: string): boolean => !isCurl || text.startsWith('-');
  if (!args.some(({ text }) => isCandidate(text) && suspectWord.test(text))) return undefined;
  if (args.some(({ text }) => localAddress.test(text))) return undefined;
  const byCurl = invoke(command, curl)?.option('-k', '--insecure', '--proxy-insecure')?.word;
  if (byCurl) return byCurl;
  const byWget = invoke(command, wget)?.option('--no-check-certificate')?.word;
  if (byWget) return byWget;
  const byPip = invoke(command, pip)?.option('--trusted-host')?.word;
  if (byPip) return byPip;
  if (isNamed(nameOf(command), downloaders)) return undefined;
  return args.find(({ text }, i) => {
    const next = args[i + 1]?.text ?? '';
    return disablingSettings.test(text) || disablingSettings.test(`${text} ${next}`);
  });
}

/** Removes the option, or only its letter from several, as in `-skL`. */
function removalFix({ source }: Model, { text, raw, span }: ShellWord): Fix | undefined {
  const isAlone = /^(?:-k|--insecure|--proxy-insecure|--no-check-certificate)$/.test(raw);
  if (isAlone) {
    const edits = [removeWord(source.text, span, source.escape)];
    return { title: t('Remove `{0}`', text), edits, safe: false };
  }
  if (!/^-[a-zA-Z]*k[a-zA-Z]*$/.test(raw)) return undefined;
  const edits = [{ span, text: raw.replace('k', '') }];
  return { title: t('Remove `{0}`', '-k'), edits, safe: false };
}

function reportVariables(model: Model, report: Report): void {
  const message = t('This setting disables TLS certificate verification');
  for (const { command } of model.commands()) {
    const set = nameOf(command) === 'export' ? command.args : command.assignments;
    const word = set.find(({ text }) => disablingVariables.test(text.replaceAll(/["']/g, '')));
    if (word) report({ at: word, message });
  }
  for (const { pairs } of model.each('ENV')) {
    for (const pair of pairs) {
      if (disablingVariables.test(`${pair.key.text}=${pair.value?.text ?? ''}`))
        report({ at: pair, message });
    }
  }
}
