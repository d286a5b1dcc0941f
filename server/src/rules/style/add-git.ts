/** tally prefer-add-git. Off: the two are cached differently, and `ADD` of a private repository requires SSH forwarding or a token. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { git, gitLike } from '../../programs/git.ts';
import { invoke, type Invocation } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `ADD` instead of `git clone`',
  why: '`ADD` with the URL of a Git repository fetches it without `git` in the image, leaves out its history, and fetches it again when the branch has new commits. `RUN git clone` stays in the build cache even when the branch has changed.\n\nThis rule is off by default, because private repositories require additional setup with `ADD`.',
  severity: 'off',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/prefer-add-git'] },
  links: ['https://docs.docker.com/reference/dockerfile/#adding-files-from-a-git-repository'],
  on: { commands: gitLike },
  examples: [
    {
      bad: dockerfile`
        FROM buildpack-deps:trixie
        RUN «git clone --branch v1.4.0 https://github.com/example/tool.git /src»
      `,
      good: dockerfile`
        FROM buildpack-deps:trixie
        ADD https://github.com/example/tool.git#v1.4.0 /src
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands(...gitLike)) {
      const invocation = invoke(at.command, git);
      if (invocation?.subcommand?.text !== 'clone' || at.via !== 'direct') continue;
      const url = invocation.operands.find(({ text }) => /^https:\/\/[^\s$]+$/.test(text));
      if (url === undefined || model.script(at.run) === undefined) continue;
      const fix = addInstead(model, at, invocation);
      report({
        at: at.command,
        message: t('`ADD` can fetch this repository without `git` in the image'),
        ...(fix && { fix }),
      });
    }
  },
});

/** Where the step does nothing else, and no option does more than select a branch or limit the history. */
function addInstead(
  model: Model,
  { command, run }: CommandAt,
  invocation: Invocation,
): Fix | undefined {
  const [only, second] = model.script(run)?.statements ?? [];
  const [url, directory, more] = invocation.operands;
  if (only !== command || second !== undefined || run.onbuild === true || run.flags.length > 0)
    return undefined;
  const known = ['--branch', '-b', '--depth', '--single-branch', '-q', '--quiet'];
  if (!invocation.options.every(({ name }) => known.includes(name)) || more !== undefined)
    return undefined;
  const branch = invocation.value('--branch', '-b')?.text;
  if (url === undefined || directory?.literal !== true || /[\s"'$]/.test(branch ?? ''))
    return undefined;
  const address = url.text.replace(/\/$/, '').replace(/(?:\.git)?$/, '.git');
  const text = `ADD ${address}${branch === undefined ? '' : `#${branch}`} ${directory.raw}`;
  return { title: t('Replace with `{0}`', text), edits: [replace(run.span, text)], safe: false };
}
