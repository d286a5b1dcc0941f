/** Our own: TLS whose other end may be anyone. */
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
import { anyOf } from '../../text/fingerprint.ts';
import { t } from '../../text/translated.ts';
import { withoutWord } from '../../lint/edits/without-word.ts';
import { isVerified } from '../../model/verification.ts';

const others = [...wgetLike, ...pipLike, ...npmLike, ...yarnLike, ...pnpmLike, ...gitLike, ...condaLike, ...aptLike, ...dnfLike, ...gemLike, ...composerLike, ...bundleLike]; // prettier-ignore
const names = [...curlLike, ...others];
/** Without one of these only curl's own options are left. */
const hinted = anyOf('no-check-cert', 'trusted-host', 'strict-ssl', 'strictssl', 'sslverify', 'ssl-verify', 'ssl_verify', 'verify-peer', 'verify-host'); // prettier-ignore
/** Most commands have no such word, and need no closer look. */
const suspect = /^-\w*k|insecure|no-check-cert|trusted-host|ssl|Verify/i;
const local = /\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)/;
/** Settings that are a word or two of a command. */
const settings = /^http\.sslverify[= ](?:false|0)$|^(?:strict-ssl|ssl[_-]verify|enableStrictSsl)[= ](?:false|no|0)$|^Acquire::https(?:::[^:]+)?::Verify-(?:Peer|Host)=["']?(?:false|0)|^--setopt=sslverify=(?:0|false)$|^--strict-ssl=false$|^sslverify=(?:0|false)$/i; // prettier-ignore
const variables = /^(?:GIT_SSL_NO_VERIFY=(?:1|true)|NODE_TLS_REJECT_UNAUTHORIZED=0|PYTHONHTTPSVERIFY=0|npm_config_strict_ssl=false|PIP_TRUSTED_HOST=.+|CURL_INSECURE=1)$/i; // prettier-ignore
const some = anyOf('git_ssl_no_verify', 'node_tls_reject', 'pythonhttpsverify', 'strict_ssl', 'pip_trusted_host', 'curl_insecure'); // prettier-ignore

export default rule({
  summary: 'Let downloads check certificates',
  why: 'Without the check anyone on the way can be the server, and what they send becomes part of the image. Where a company has an authority of its own, copy its certificate in and run `update-ca-certificates`; where only the file counts, compare its checksum.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://curl.se/docs/sslcerts.html'],
  on: { instructions: ['RUN', 'ENV'] },
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
    const hasOthers = model.mayHave(hinted);
    for (const at of model.commands(...(hasOthers ? names : curlLike))) {
      const word = switchOff(at);
      if (word === undefined || isVerified(model, at.run)) continue;
      const fix = at.via === 'nested' ? undefined : repaired(model, word);
      report({ at: word, message: t('Nobody checks whose server this is'), ...(fix && { fix }) });
    }
    if (model.mayHave(some)) byVariable(model, report);
  },
});

function switchOff({ command }: CommandAt): ShellWord | undefined {
  const { args } = command;
  const isCurl = isNamed(nameOf(command), curlLike);
  const mayMatter = (text: string): boolean => !isCurl || text.startsWith('-');
  if (!args.some(({ text }) => mayMatter(text) && suspect.test(text))) return undefined;
  if (args.some(({ text }) => local.test(text))) return undefined;
  const byCurl = invoke(command, curl)?.option('-k', '--insecure', '--proxy-insecure')?.word;
  if (byCurl) return byCurl;
  const byWget = invoke(command, wget)?.option('--no-check-certificate')?.word;
  if (byWget) return byWget;
  const byPip = invoke(command, pip)?.option('--trusted-host')?.word;
  if (byPip) return byPip;
  if (isNamed(nameOf(command), downloaders)) return undefined;
  return args.find(({ text }, i) => {
    const next = args[i + 1]?.text ?? '';
    return settings.test(text) || settings.test(`${text} ${next}`);
  });
}

/** The option alone, or its letter out of several. */
function repaired({ tree }: Model, { text, raw, span }: ShellWord): Fix | undefined {
  const isAlone = /^(?:-k|--insecure|--proxy-insecure|--no-check-certificate)$/.test(raw);
  if (isAlone) {
    const edits = [withoutWord(tree.text, span, tree.escape)];
    return { title: t('Remove {0}', text), edits, safe: false };
  }
  if (!/^-[a-zA-Z]*k[a-zA-Z]*$/.test(raw)) return undefined;
  const edits = [{ span, text: raw.replace('k', '') }];
  return { title: t('Remove {0}', '-k'), edits, safe: false };
}

function byVariable(model: Model, report: Report): void {
  const message = t('With this nobody checks whose server answers');
  for (const { command } of model.commands()) {
    const set = nameOf(command) === 'export' ? command.args : command.assignments;
    const word = set.find(({ text }) => variables.test(text.replaceAll(/["']/g, '')));
    if (word) report({ at: word, message });
  }
  for (const { pairs } of model.each('ENV')) {
    for (const pair of pairs) {
      if (variables.test(`${pair.key.text}=${pair.value?.text ?? ''}`))
        report({ at: pair, message });
    }
  }
}
