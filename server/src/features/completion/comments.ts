import { nextBreak } from '../../syntax/lexer.ts';
import { t } from '../../text/translation.ts';
import type { Outside } from '../outside.ts';
import { buildChecks } from '../../reference/words.ts';
import type { Registered } from '../../lint/rule.ts';
import type { Span } from '../../text/span.ts';
import { plain, type Completion } from './item.ts';
import type { Place } from './place.ts';

const ignorePattern =
  /^\s*(drydock|hadolint)\s+(?:(?:stage|global)\s+)?ignore\s*=\s*(?:[^\s,#]+\s*,\s*)*([\w.-]*)$/i;
const shellPattern = /^\s*hadolint\s+shell\s*=\s*(\S*)$/i;
const skipPattern = /^\s*check\s*=\s*(?:[^;]*;\s*)?skip\s*=\s*(?:[^\s,;]+\s*,\s*)*(\w*)$/i;

/** Parser directives at the top of the file, and comments that ignore rules. */
export function comments(place: Place, { rules }: Outside): readonly Completion[] {
  const { document, offset, inHeredoc } = place;
  const { text } = document;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = /^[ \t]*#(.*)$/.exec(text.slice(lineStart, offset));
  if (!line || inHeredoc) return [];
  const [, commentText = ''] = line;
  const ignoreMatch = ignorePattern.exec(commentText);
  if (ignoreMatch) {
    const [, linter = '', typed = ''] = ignoreMatch;
    const span = { start: offset - typed.length, end: offset };
    return linter.toLowerCase() === 'hadolint' ? hadolintCodes(rules, span) : ruleIds(rules, span);
  }
  const shellMatch = shellPattern.exec(commentText);
  if (shellMatch) {
    const span = { start: offset - (shellMatch[1] ?? '').length, end: offset };
    return ['bash', 'sh', 'ash', 'dash', 'ksh', 'pwsh', 'powershell', 'cmd'].map((name) => plain(name, span)); // prettier-ignore
  }
  const skipMatch = skipPattern.exec(commentText);
  if (skipMatch) {
    const span = { start: offset - (skipMatch[1] ?? '').length, end: offset };
    return buildChecks.map(({ name, documentation }) =>
      plain(name, span, { kind: 'rule', detail: t(documentation), commit: [','] }),
    );
  }
  const value = /^\s*(syntax|escape|check)\s*=\s*(\S*)$/i.exec(commentText);
  if (value && isAtTop(place, lineStart)) {
    const [, name = '', written = ''] = value;
    return directiveValues(name.toLowerCase(), { start: offset - written.length, end: offset });
  }
  const typed = /^\s*(.*)$/.exec(commentText)?.[1] ?? '';
  if (!/^[a-z ]*$/i.test(typed)) return [];
  const span = { start: offset - typed.length, end: offset };
  return [...(isAtTop(place, lineStart) ? directives() : []), ...ignores()].map(
    ({ label, insert, detail, triggersCompletion }) => ({
      label,
      kind: 'snippet',
      span,
      insert: commentText.startsWith(' ') ? insert : ` ${insert}`,
      snippet: insert.includes('${'),
      detail,
      ...(triggersCompletion && { triggersCompletion }),
    }),
  );
}

function ruleIds(rules: readonly Registered[], span: Span): readonly Completion[] {
  return rules.map(({ id, rule }) =>
    plain(id, span, {
      kind: 'rule',
      detail: t(rule.summary),
      markdown: () => t(rule.why),
      commit: [','],
    }),
  );
}

/** The hadolint codes of our rules. */
function hadolintCodes(rules: readonly Registered[], span: Span): readonly Completion[] {
  const codes = rules.flatMap(({ rule }) =>
    (rule.also?.hadolint ?? []).map((code) => ({ code, rule })),
  );
  return codes
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, rule }) =>
      plain(code, span, {
        kind: 'rule',
        detail: t(rule.summary),
        markdown: () => t(rule.why),
        commit: [','],
      }),
    );
}

/** Whether a line starts like a comment to a linter, so that a space triggers completion. */
export function isToLinter({ document: { text }, offset }: Place): boolean {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*#\s*(?:drydock|hadolint)\s+$/.test(text.slice(lineStart, offset));
}

interface Line {
  readonly label: string;
  readonly insert: string;
  readonly detail: string;
  readonly triggersCompletion?: true;
}

/** Directives are only valid above everything else, including empty lines and comments. */
function isAtTop({ document: { tree, text } }: Place, lineStart: number): boolean {
  // One line after the other: most files have one that is not a directive near their top.
  let at = 0;
  for (let end = nextBreak(text, at); end < lineStart; end = nextBreak(text, at)) {
    const line = text.slice(at, end);
    if (!tree.directives.some(({ span, name }) => line.includes(name) && span.start <= lineStart))
      return false;
    at = end + 1;
  }
  return true;
}

/** The value after the `=` of a directive. */
function directiveValues(name: string, span: Span): readonly Completion[] {
  return directives().flatMap(({ label, detail }) => {
    const [of, ...value] = label.split('=');
    if (of !== name) return [];
    const directiveValue = value.join('=');
    return [
      plain(directiveValue, span, {
        detail,
        ...(directiveValue.endsWith('=') && { triggersCompletion: true }),
      }),
    ];
  });
}

/** Whole directive lines, where the file can start with one. */
export function directiveLines(place: Place): readonly Completion[] {
  const { document, typed, word, offset, instruction } = place;
  const start = document.text.lastIndexOf('\n', offset - 1) + 1;
  if (typed !== '' || instruction !== undefined || start !== offset) return [];
  if (!isAtTop(place, start) || !/^[ \t]*(?:\r?\n|$)/.test(document.text.slice(offset))) return [];
  const usedNames = new Set<string>(document.tree.directives.map(({ name }) => name));
  return directives()
    .filter(({ label }) => !usedNames.has(label.split('=')[0] ?? ''))
    .map(({ label, insert, detail }) => ({
      ...plain(`# ${label}`, word, { kind: 'snippet', insert: `# ${insert}`, detail }),
      snippet: insert.includes('${'),
    }));
}

function directives(): readonly Line[] {
  return [
    {
      label: 'syntax=docker/dockerfile:1',
      insert: 'syntax=docker/dockerfile:1',
      detail: t('Latest Dockerfile syntax, version 1'),
    },
    {
      label: 'syntax=docker/dockerfile:1-labs',
      insert: 'syntax=docker/dockerfile:1-labs',
      detail: t('Latest Dockerfile syntax with experimental features'),
    },
    {
      label: 'escape=`',
      insert: 'escape=`',
      detail: t('Continue lines with a backtick, for Windows paths'),
    },
    {
      label: 'check=skip=',
      insert: 'check=skip=${1:JSONArgsRecommended}',
      detail: t('Skip these build checks'),
    },
    {
      label: 'check=error=true',
      insert: 'check=error=true',
      detail: t('Fail the build on check violations'),
    },
  ];
}

function ignores(): readonly Line[] {
  return [
    {
      label: 'drydock ignore=',
      insert: 'drydock ignore=',
      detail: t('Ignore rules in the next instruction'),
      triggersCompletion: true,
    },
    {
      label: 'drydock stage ignore=',
      insert: 'drydock stage ignore=',
      detail: t('Ignore rules in this stage'),
      triggersCompletion: true,
    },
    {
      label: 'drydock global ignore=',
      insert: 'drydock global ignore=',
      detail: t('Ignore rules in this file'),
      triggersCompletion: true,
    },
    {
      label: 'hadolint ignore=',
      insert: 'hadolint ignore=',
      detail: t('Ignore rules in the next instruction, also for hadolint'),
      triggersCompletion: true,
    },
    {
      label: 'hadolint stage ignore=',
      insert: 'hadolint stage ignore=',
      detail: t('Ignore rules in this stage, also for hadolint'),
      triggersCompletion: true,
    },
    {
      label: 'hadolint global ignore=',
      insert: 'hadolint global ignore=',
      detail: t('Ignore rules in this file, also for hadolint'),
      triggersCompletion: true,
    },
    {
      label: 'hadolint shell=',
      insert: 'hadolint shell=',
      detail: t('Shell that the base image sets'),
      triggersCompletion: true,
    },
  ];
}
