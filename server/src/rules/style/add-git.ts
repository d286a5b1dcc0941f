/** tally prefer-add-git. Off: it needs no git in the image, but the cache of each differs, and private ones need ssh. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { git, gitLike } from '../../programs/git.ts';
import { invoke, type Invocation } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Fetch repositories with ADD',
  why: '`ADD` with the address of a repository fetches it without a `git` in the image, leaves its history out, and fetches it again when the branch has moved; a `RUN git clone` is taken from the cache for ever.',
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
      const called = invoke(at.command, git);
      if (called?.subcommand?.text !== 'clone' || at.via !== 'direct') continue;
      const url = called.operands.find(({ text }) => /^https:\/\/[^\s$]+$/.test(text));
      if (url === undefined || model.script(at.run) === undefined) continue;
      const fix = asAdd(model, at, called);
      report({
        at: at.command,
        message: t('`ADD` fetches this without a `git` in the image'),
        ...(fix && { fix }),
      });
    }
  },
});

/** Where the step does nothing else, and no option asks for more than a branch. */
function asAdd(model: Model, { command, run }: CommandAt, called: Invocation): Fix | undefined {
  const [only, second] = model.script(run)?.statements ?? [];
  const [url, folder, more] = called.operands;
  if (only !== command || second !== undefined || run.onbuild === true || run.flags.length > 0)
    return undefined;
  const known = ['--branch', '-b', '--depth', '--single-branch', '-q', '--quiet'];
  if (!called.options.every(({ name }) => known.includes(name)) || more !== undefined)
    return undefined;
  const branch = called.value('--branch', '-b')?.text;
  if (url === undefined || folder?.literal !== true || /[\s"'$]/.test(branch ?? ''))
    return undefined;
  const address = url.text.replace(/\/$/, '').replace(/(?:\.git)?$/, '.git');
  const text = `ADD ${address}${branch === undefined ? '' : `#${branch}`} ${folder.raw}`;
  return { title: t('Write {0}', text), edits: [replace(run.span, text)], safe: false };
}
