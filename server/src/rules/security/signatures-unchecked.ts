/** Our own: package managers told to take what nobody signed. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { install } from '../../programs/install.ts';
import { apkLike } from '../../programs/apk.ts';
import { aptLike } from '../../programs/apt.ts';
import { dnfLike } from '../../programs/dnf.ts';
import { isNamed, type Family } from '../../programs/program.ts';
import { zypperLike } from '../../programs/zypper.ts';
import { nameOf } from '../../shell/commands.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { anyOf } from '../../text/fingerprint.ts';
import { t } from '../../text/translated.ts';
import { withoutWord } from '../../lint/edits/without-word.ts';

/** Options by program. */
const options: readonly (readonly [names: Family, option: RegExp])[] = [
  [aptLike, /^--(?:allow-unauthenticated|allow-insecure-repositories|allow-untrusted|force-yes)$/],
  [dnfLike, /^--(?:nogpgcheck|no-gpgchecks)$/],
  [zypperLike, /^--no-gpg-checks$/],
  [apkLike, /^--allow-untrusted$/],
  [['rpm'], /^--(?:nosignature|nogpg)$/],
];
const names = options.flatMap(([family]) => family);
/** `deb [trusted=yes] …` in a list of sources, `gpgcheck=0` in a repository. */
const inSources = /\bdeb(?:-src)?\s+\[[^\]]*\btrusted=yes\b[^\]]*\](?!\s*(?:file|copy|cdrom):)|^\s*trusted:\s*yes/im; // prettier-ignore
const inOptions = /(?:AllowInsecureRepositories|AllowUnauthenticated)["']?[= ]["']?(?:true|1|yes)/i;
const hinted = anyOf('--allow-', '--force-yes', '--nogpg', '--no-gpg', '--nosignature');
const some = anyOf('trusted=yes', 'trusted:', 'allowinsecurerepositories', 'allowunauthenticated');

export default rule({
  summary: 'Let package managers check signatures',
  why: 'The signature is what tells a package of the distribution from one that somebody put in its place, on the mirror or on the way. Without the check the build takes both. Add the key of the repository instead.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
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
    for (const at of model.mayHave(hinted) ? model.commands(...names) : []) {
      const { command, via } = at;
      const pattern = options.find(([family]) => isNamed(nameOf(command), family))?.[1];
      const word = pattern && command.args.find(({ text }) => pattern.test(text));
      if (word === undefined || isLocal(at)) continue;
      const fix = via === 'nested' ? undefined : without(model, word);
      report({
        at: word,
        message: t('`{0}` takes packages that nobody signed', word.text),
        ...(fix && { fix }),
      });
    }
    if (!model.mayHave(some)) return;
    for (const { command } of model.commands()) {
      const word = command.args.find(({ text }) => inSources.test(text) || inOptions.test(text));
      if (word) report({ at: word, message: t('This takes packages that nobody signed') });
    }
  },
});

/** Files that were built or checked before. */
function isLocal({ command }: CommandAt): boolean {
  if (isNamed(nameOf(command), apkLike) && command.args.some(({ text }) => text === 'index'))
    return true;
  const packages = install(command)?.packages ?? [];
  return packages.length > 0 && packages.every(({ from, word }) => from === 'path' || /^\$|^\*|\.(?:apk|rpm|deb)$/.test(word.text) && !word.text.includes('://')); // prettier-ignore
}

function without({ tree }: Model, word: ShellWord): Fix {
  return {
    title: t('Remove {0}', word.text),
    edits: [withoutWord(tree.text, word.span, tree.escape)],
    safe: false,
  };
}
