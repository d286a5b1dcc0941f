/** Keys and tokens that a step writes to its layer. No equivalent in hadolint, BuildKit or tally. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { fileName } from '../../text/path.ts';
import { laterCommand, type LaterSearch } from '../../model/later-commands.ts';
import { isMounted } from '../../model/mounts.ts';
import { isShipped } from '../../model/lineage.ts';

/** Files that contain nothing but credentials. */
const credentialFile =
  /(?:^|\/)(?:\.ssh\/id_(?:rsa|dsa|ecdsa|ed25519)|\.netrc|\.git-credentials|\.pypirc|\.pgpass|\.aws\/credentials|\.docker\/config\.json)$/;
/** The npm settings, which contain a token in some projects and only a registry in others. */
const npmSettings = /(?:^|\/)\.npmrc$/;

/** A character that no path has; what follows is a file in any directory. */
const nameMark = '\0';

/** By the path that is removed, and by its last part. */
const removing: LaterSearch = {
  names: ['rm', 'shred'],
  wordsOf: ({ args }) =>
    args.flatMap(({ text }) => {
      const path = text.replace(/\/\*?$/, '');
      return [path, nameMark + fileName(path)];
    }),
};

export default rule({
  summary: 'Do not write credentials to a layer; use `RUN --mount=type=secret`',
  why: 'A file that a `RUN` step writes stays in its layer, where anyone with the image can read it even if a later step deletes it. `RUN --mount=type=ssh` gives the step access to the SSH agent of the person who runs the build, and `RUN --mount=type=secret,target=/root/.netrc` provides a file for one step. Files that are deleted in the same step are not reported.',
  severity: 'warning',
  since: '0.1.0',
  formerly: ['credential-written'],
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
      const file = writtenFile(at);
      if (file === undefined || stage === undefined || !isShipped(model, stage)) continue;
      if (isMounted(run, file.text) || isRemoved(model, at, file)) continue;
      report({
        at: file,
        message: t('Anyone with the image can read `{0}` from this layer', fileName(file.text)),
      });
    }
  },
});

function writtenFile({ command, ancestors }: CommandAt): ShellWord | undefined {
  const { redirects, args, name } = command;
  if (redirects.length === 0 && name?.text !== 'tee') return undefined;
  const outputs = redirects.filter(({ operator, target }) => target && />/.test(operator));
  const files = [
    ...outputs.flatMap(({ target }) => target ?? []),
    ...(name?.text === 'tee' ? args : []),
  ];
  const isToken = (): boolean => {
    const pipe = ancestors.findLast(({ kind }) => kind === 'pipeline');
    const parts = pipe?.kind === 'pipeline' ? pipe.parts : [command];
    const words = parts.flatMap((part) => (part.kind === 'command' ? part.args : []));
    return words.some(({ text }) => /_auth|_password/.test(text));
  };
  return files.find(
    ({ text }) => credentialFile.test(text) || (npmSettings.test(text) && isToken()),
  );
}

function isRemoved(model: Model, at: CommandAt, { text }: ShellWord): boolean {
  const directory = text.replace(/\/[^/]*$/, '');
  const paths = [text, directory, nameMark + fileName(text)];
  return paths.some((path) => laterCommand(model, at, removing, path) !== undefined);
}
