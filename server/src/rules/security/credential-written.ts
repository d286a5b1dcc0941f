/** Our own: keys and tokens that a step writes into the layer. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { fileName } from '../../text/path.ts';
import { laterCommands } from '../../model/later-commands.ts';
import { isMounted } from '../../model/mounts.ts';
import { isShipped } from '../../model/lineage.ts';

/** Files that are made for credentials and nothing else. */
const secret =
  /(?:^|\/)(?:\.ssh\/id_(?:rsa|dsa|ecdsa|ed25519)|\.netrc|\.git-credentials|\.pypirc|\.pgpass|\.aws\/credentials|\.docker\/config\.json)$/;
/** Settings of npm hold a registry, or a token. */
const settings = /(?:^|\/)\.npmrc$/;

export default rule({
  summary: 'Mount keys and tokens, do not write them into the layer',
  why: 'What a step writes stays in its layer for all who have the image; a later step that removes it only hides it. `RUN --mount=type=ssh` lends the agent of whoever builds, `RUN --mount=type=secret,target=/root/.netrc` puts a file there for one step.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/secrets/'],
  on: {
    instructions: ['RUN'],
    words: ['/id_', '.netrc', '.git-cred', '.pypirc', '.pgpass', '.aws/', '.docker/', '.npmrc'],
  },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        ARG KEY
        RUN echo "$KEY" > «/root/.ssh/id_ed25519» && git clone git@git.example.org:project/app.git
      `,
      good: dockerfile`
        FROM node:24-slim
        RUN --mount=type=ssh git clone git@git.example.org:project/app.git
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands()) {
      const { stage, run } = at;
      const file = written(at);
      if (file === undefined || stage === undefined || !isShipped(model, stage)) continue;
      if (isMounted(run, file.text) || isRemoved(model, at, file)) continue;
      report({
        at: file,
        message: t('`{0}` stays in the layer for all who have it', fileName(file.text)),
      });
    }
  },
});

function written({ command, inside }: CommandAt): ShellWord | undefined {
  const { redirects, args, name } = command;
  if (redirects.length === 0 && name?.text !== 'tee') return undefined;
  const into = redirects.filter(({ operator, target }) => target && />/.test(operator));
  const files = [
    ...into.flatMap(({ target }) => target ?? []),
    ...(name?.text === 'tee' ? args : []),
  ];
  const isToken = (): boolean => {
    const pipe = inside.findLast(({ kind }) => kind === 'pipeline');
    const parts = pipe?.kind === 'pipeline' ? pipe.parts : [command];
    const words = parts.flatMap((part) => (part.kind === 'command' ? part.args : []));
    return words.some(({ text }) => /_auth|_password/.test(text));
  };
  return files.find(({ text }) => secret.test(text) || (settings.test(text) && isToken()));
}

function isRemoved(model: Model, at: CommandAt, { text }: ShellWord): boolean {
  const folder = text.replace(/\/[^/]*$/, '');
  const name = fileName(text);
  return laterCommands(model, at, ['rm', 'shred']).some(({ command }) =>
    command.args.some((word) => {
      const path = word.text.replace(/\/\*?$/, '');
      return path === text || path === folder || fileName(path) === name;
    }),
  );
}
