/** tally copy-after-user-without-chown, limited to files whose mode or owner that user changes in a later step. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import { chmod, chown } from '../../programs/chmod.ts';
import { invoke } from '../../programs/program.ts';
import type { InstructionOf, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { absolutePath } from '../../text/path.ts';
import { resolvedPath } from '../../model/copied-files.ts';
import { t } from '../../text/translation.ts';
import { expandWord } from '../../model/expanded-words.ts';

export default rule({
  summary: 'Use `--chown` for files that a non-root user changes later',
  why: '`COPY` and `ADD` ignore `USER`: the files belong to root unless `--chown` is set. A later step that runs as another user cannot change the mode or owner of these files, and the build fails with `Operation not permitted`.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/copy-after-user-without-chown'] },
  links: ['https://docs.docker.com/reference/dockerfile/#copy---chown'],
  on: { instructions: ['USER'], words: ['chmod', 'chown', 'chgrp'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        WORKDIR /app
        USER node
        COPY «start.sh» ./
        RUN chmod +x start.sh
      `,
      good: dockerfile`
        FROM node:24-slim
        WORKDIR /app
        USER node
        COPY --chown=node start.sh ./
        RUN chmod +x start.sh
      `,
    },
  ],
  check({ model, report }) {
    let changes: readonly CommandAt[] | undefined;
    for (const copy of model.each('COPY', 'ADD')) {
      if (copy.onbuild === true || copy.flags.some(({ name }) => name.text === 'chown')) continue;
      const { user } = model.stateAt(copy);
      const stage = model.stageOf(copy);
      if (user === undefined || stage === undefined || mayBeRoot(model, user)) continue;
      changes ??= [...model.commands('chmod', 'chown', 'chgrp')];
      if (changes.length === 0) return;
      const found = laterChange(model, changes, { copy, stage, user });
      if (found === undefined) continue;
      report({
        at: found.source,
        message: t('This belongs to root, so `{0}` cannot change its mode or owner', user.text),
        related: [{ at: found.at.command, message: t('Changed here') }],
        fix: withOwner(copy, user),
      });
    }
  },
});

interface CopyAsUser {
  readonly copy: InstructionOf<'COPY'> | InstructionOf<'ADD'>;
  readonly stage: Stage;
  readonly user: Word;
}

function mayBeRoot(model: Model, user: Word): boolean {
  return /^(?:root|0|)(?::|$)/.test(expandWord(model, user)?.text ?? '');
}

/** The first later step under the same user that changes the mode or owner of what was copied. */
function laterChange(
  model: Model,
  changes: readonly CommandAt[],
  { copy, stage, user }: CopyAsUser,
): { readonly at: CommandAt; readonly source: Word } | undefined {
  const targets = targetsOf(model, copy);
  for (const at of changes) {
    const { run, command, via } = at;
    if (at.stage !== stage || run.span.start < copy.span.start || via !== 'direct') continue;
    const state = model.stateAt(run);
    if (state.user?.text !== user.text) continue;
    const called = invoke(command, chmod) ?? invoke(command, chown);
    for (const operand of called?.operands.slice(1) ?? []) {
      if (!operand.literal) continue;
      const path = absolutePath(operand.text, state.workdir);
      const hit = targets.find((target) => target.path === path);
      if (path !== undefined && hit) return { at, source: hit.source };
    }
  }
  return undefined;
}

/** The path of each source in the image; for a heredoc, the target itself. */
function targetsOf(
  model: Model,
  copy: CopyAsUser['copy'],
): readonly { readonly path: string; readonly source: Word }[] {
  const { heredocs, sources, target } = copy;
  if (heredocs.length > 0 && target) {
    const text = expandWord(model, target)?.text;
    const path = text && resolvedPath(model, text, copy);
    return path === undefined || path === '' || sources.length > 0
      ? []
      : [{ path, source: target }];
  }
  return sources.flatMap((source) => {
    const path = targetOf(model, copy, source);
    return path === undefined ? [] : [{ path, source }];
  });
}

function targetOf(model: Model, copy: CopyAsUser['copy'], source: Word): string | undefined {
  const target = copy.target && expandWord(model, copy.target)?.text;
  const from = expandWord(model, source)?.text;
  if (target === undefined || from === undefined || /[*?[]/.test(from)) return undefined;
  const file = from.replace(/\/+$/, '').replace(/^.*\//, '');
  const isDirectory = /(?:^|\/)\.{0,2}$/.test(target) || copy.sources.length > 1;
  if (isDirectory && /^\.{0,2}$/.test(file)) return undefined;
  return resolvedPath(model, isDirectory ? `${target}/${file}` : target, copy);
}

function withOwner({ keyword }: CopyAsUser['copy'], user: Word): Fix {
  const text = `--chown=${user.text}`;
  return {
    title: t('Add `{0}`', text),
    edits: [insert(keyword.span.end, ` ${text}`)],
    safe: false,
  };
}
