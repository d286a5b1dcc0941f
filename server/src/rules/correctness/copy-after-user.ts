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
import { firstThat } from '../../text/sorted.ts';
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
    let changes: Changes | undefined;
    for (const copy of model.each('COPY', 'ADD')) {
      if (copy.onbuild === true || copy.flags.some(({ name }) => name.text === 'chown')) continue;
      const { user } = model.stateAt(copy);
      const stage = model.stageOf(copy);
      if (user === undefined || stage === undefined || mayBeRoot(model, user)) continue;
      changes ??= changesIn(model);
      if (changes.size === 0) return;
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

/** What changes the mode or owner of a path as a user, in the order of the text. */
interface Change {
  readonly at: CommandAt;
  /** Its number among all of them. */
  readonly index: number;
}

/** The changes in each stage, by user and path. */
type Changes = ReadonlyMap<Stage | undefined, Map<string, Change[]>>;

function changesIn(model: Model): Changes {
  const found = new Map<Stage | undefined, Map<string, Change[]>>();
  let index = 0;
  for (const at of model.commands('chmod', 'chown', 'chgrp')) {
    const { run, command, via, stage } = at;
    if (via !== 'direct') continue;
    const { user, workdir } = model.stateAt(run);
    if (user === undefined) continue;
    const called = invoke(command, chmod) ?? invoke(command, chown);
    for (const operand of called?.operands.slice(1) ?? []) {
      const path = operand.literal ? absolutePath(operand.text, workdir) : undefined;
      if (path === undefined) continue;
      const ofStage = found.get(stage) ?? new Map<string, Change[]>();
      found.set(stage, ofStage);
      const key = keyOf(user, path);
      const changes = ofStage.get(key);
      if (changes) changes.push({ at, index });
      else ofStage.set(key, [{ at, index }]);
      index++;
    }
  }
  return found;
}

function keyOf(user: Word, path: string): string {
  return `${user.text}\0${path}`;
}

/** The first later step under the same user that changes the mode or owner of what was copied. */
function laterChange(
  model: Model,
  changes: Changes,
  { copy, stage, user }: CopyAsUser,
): { readonly at: CommandAt; readonly source: Word } | undefined {
  const ofStage = changes.get(stage);
  if (ofStage === undefined) return undefined;
  let first: { readonly at: CommandAt; readonly source: Word; readonly index: number } | undefined;
  for (const { path, source } of targetsOf(model, copy)) {
    const later = ofStage.get(keyOf(user, path)) ?? [];
    const change = later[firstThat(later, ({ at }) => at.run.span.start >= copy.span.start)];
    if (change && change.index < (first?.index ?? Infinity)) first = { ...change, source };
  }
  return first;
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
