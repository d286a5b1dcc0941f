import { t } from '@vscode/l10n';
import type { Outside } from '../outside.ts';
import type { Completion } from './item.ts';
import type { Place } from './place.ts';

/** Parser directives at the top of the file, and comments that switch rules off. */
export function comments(place: Place, { rules }: Outside): readonly Completion[] {
  const { document, offset, inHeredoc } = place;
  const { text } = document;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = /^[ \t]*#(.*)$/.exec(text.slice(lineStart, offset));
  if (!line || inHeredoc) return [];
  const [, said = ''] = line;
  const names =
    /^\s*(?:drydock|hadolint)\s+(?:(?:stage|global)\s+)?ignore\s*=\s*(?:[^\s,#]+\s*,\s*)*([\w.-]*)$/i.exec(
      said,
    );
  if (names) {
    const [, typed = ''] = names;
    return rules.map(({ id, rule }) => ({
      label: id,
      kind: 'rule',
      span: { start: offset - typed.length, end: offset },
      insert: id,
      snippet: false,
      detail: t(rule.summary),
    }));
  }
  const typed = /^\s*(.*)$/.exec(said)?.[1] ?? '';
  if (!/^[a-z ]*$/i.test(typed)) return [];
  const span = { start: offset - typed.length, end: offset };
  return [...(isHead(place, lineStart) ? directives() : []), ...ignores()].map(
    ({ label, insert, detail, again }) => ({
      label,
      kind: 'snippet',
      span,
      insert: said.startsWith(' ') ? insert : ` ${insert}`,
      snippet: insert.includes('${'),
      detail,
      ...(again && { again }),
    }),
  );
}

interface Line {
  readonly label: string;
  readonly insert: string;
  readonly detail: string;
  readonly again?: true;
}

/** Directives count only above everything else, blank lines and plain comments included. */
function isHead({ document: { tree, text } }: Place, lineStart: number): boolean {
  return text
    .slice(0, lineStart)
    .split('\n')
    .slice(0, -1)
    .every((line) =>
      tree.directives.some(({ span, name }) => line.includes(name) && span.start <= lineStart),
    );
}

function directives(): readonly Line[] {
  return [
    {
      label: 'syntax=docker/dockerfile:1',
      insert: 'syntax=docker/dockerfile:1',
      detail: t('the newest Dockerfile language of version 1'),
    },
    {
      label: 'escape=`',
      insert: 'escape=`',
      detail: t('lines are continued by a back-tick, for Windows paths'),
    },
    {
      label: 'check=skip=',
      insert: 'check=skip=${1:JSONArgsRecommended}',
      detail: t('checks of BuildKit that are left out'),
    },
    {
      label: 'check=error=true',
      insert: 'check=error=true',
      detail: t('what BuildKit warns of fails the build'),
    },
  ];
}

function ignores(): readonly Line[] {
  return [
    {
      label: 'drydock ignore=',
      insert: 'drydock ignore=',
      detail: t('ignore rules in the instruction below'),
      again: true,
    },
    {
      label: 'drydock stage ignore=',
      insert: 'drydock stage ignore=',
      detail: t('ignore rules in this stage'),
      again: true,
    },
    {
      label: 'drydock global ignore=',
      insert: 'drydock global ignore=',
      detail: t('ignore rules in this file'),
      again: true,
    },
  ];
}
