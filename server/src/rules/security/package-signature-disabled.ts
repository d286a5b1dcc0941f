/** Package managers that accept unsigned packages. No equivalent in hadolint, BuildKit or tally. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { installOf } from '../../programs/install.ts';
import { apkLike } from '../../programs/apk.ts';
import { aptLike } from '../../programs/apt.ts';
import { dnfLike } from '../../programs/dnf.ts';
import { isNamed, type Family } from '../../programs/program.ts';
import { zypperLike } from '../../programs/zypper.ts';
import { nameOf } from '../../shell/commands.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { wordHashes } from '../../text/fingerprint.ts';
import { t } from '../../text/translation.ts';
import { removeWord } from '../../lint/edits/remove-word.ts';

/** The options that disable verification, by program. */
const options: readonly (readonly [names: Family, option: RegExp])[] = [
  [aptLike, /^--(?:allow-unauthenticated|allow-insecure-repositories|allow-untrusted|force-yes)$/],
  [dnfLike, /^--(?:nogpgcheck|no-gpgchecks)$/],
  [zypperLike, /^--no-gpg-checks$/],
  [apkLike, /^--allow-untrusted$/],
  [['rpm'], /^--(?:nosignature|nogpg)$/],
];
const names = options.flatMap(([family]) => family);
/** `deb [trusted=yes] …` in a source list, `Trusted: yes` in a deb822 source. */
const trustedSource = /\bdeb(?:-src)?\s+\[[^\]]*\btrusted=yes\b[^\]]*\](?!\s*(?:file|copy|cdrom):)|^\s*trusted:\s*yes/im; // prettier-ignore
const insecureSetting =
  /(?:AllowInsecureRepositories|AllowUnauthenticated)["']?[= ]["']?(?:true|1|yes)/i;
const optionHints = wordHashes('--allow-', '--force-yes', '--nogpg', '--no-gpg', '--nosignature');
const settingHints = wordHashes(
  'trusted=yes',
  'trusted:',
  'allowinsecurerepositories',
  'allowunauthenticated',
);

export default rule({
  summary: 'Do not disable package signature verification',
  why: 'The signature proves that a package comes from the distribution and was not replaced on a mirror or in transit. Without verification, the build installs a replaced package as well. Add the signing key of the repository instead. Installing local package files is not reported.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  formerly: ['signatures-unchecked'],
  links: ['https://wiki.debian.org/SecureApt'],
  on: {
    instructions: ['RUN'],
    words: [
      '--allow-',
      '--force-yes',
      '--nogpg',
      '--no-gpg',
      '--nosignature',
      'trusted=yes',
      'trusted:',
      'allowinsecurerepositories',
      'allowunauthenticated',
    ],
  },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN apt-get update && \
            apt-get install -y --no-install-recommends «--allow-unauthenticated» tool && \
            rm -rf /var/lib/apt/lists/*
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN apt-get update && \
            apt-get install -y --no-install-recommends tool && \
            rm -rf /var/lib/apt/lists/*
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.mayContain(optionHints) ? model.commands(...names) : []) {
      const { command, via } = at;
      const pattern = options.find(([family]) => isNamed(nameOf(command), family))?.[1];
      const word = pattern && command.args.find(({ text }) => pattern.test(text));
      if (word === undefined || isLocal(at)) continue;
      const fix = via === 'nested' ? undefined : removalFix(model, word);
      report({
        at: word,
        message: t('`{0}` accepts packages without a valid signature', word.text),
        ...(fix && { fix }),
      });
    }
    if (!model.mayContain(settingHints)) return;
    for (const { command } of model.commands()) {
      const word = command.args.find(
        ({ text }) => trustedSource.test(text) || insecureSetting.test(text),
      );
      if (word) report({ at: word, message: t('This accepts packages without a valid signature') });
    }
  },
});

/** Whether only local files are installed, which earlier steps built or verified. */
function isLocal({ command }: CommandAt): boolean {
  if (isNamed(nameOf(command), apkLike) && command.args.some(({ text }) => text === 'index'))
    return true;
  const packages = installOf(command)?.packages ?? [];
  return packages.length > 0 && packages.every(({ from, word }) => from === 'path' || /^\$|^\*|\.(?:apk|rpm|deb)$/.test(word.text) && !word.text.includes('://')); // prettier-ignore
}

function removalFix({ source }: Model, word: ShellWord): Fix {
  return {
    title: t('Remove `{0}`', word.text),
    edits: [removeWord(source.text, word.span, source.escape)],
    safe: false,
  };
}
