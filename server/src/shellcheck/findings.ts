/** What ShellCheck says, as findings: at places of the document, with severities and comments honoured. */
import { ignores, type Ignores } from '../lint/ignore.ts';
import type { Finding, Fix, LintConfig, Severity } from '../lint/rule.ts';
import type { Model } from '../model/model.ts';
import { applyEdits, overlaps, replace, type Edit } from '../text/edit.ts';
import { t } from '../text/translated.ts';
import type { Remark } from './report.ts';
import type { ShellScript } from './scripts.ts';

/** A script with what was said of it. */
export interface Remarked {
  readonly script: ShellScript;
  readonly remarks: readonly Remark[];
}

/** Those that the configuration wants and no comment ignores, by position. */
export function findingsOf(
  model: Model,
  all: readonly Remarked[],
  config: LintConfig,
): readonly Finding[] {
  if (all.every(({ remarks }) => remarks.length === 0)) return [];
  const ignored = ignores(model, config);
  return all
    .flatMap(({ script, remarks }) =>
      remarks.flatMap((remark) => findingOf(remark, script, { config, ignored }) ?? []),
    )
    .sort((a, b) => a.at.span.start - b.at.span.start || a.at.span.end - b.at.span.end);
}

/**
 * Mostly meant in a Dockerfile, or without effect: words that are split, `a && b || true`, `$` in single quotes that goes
 * into a file, a loop over a list that has one item now. Below what ShellCheck says.
 */
const milder: ReadonlyMap<number, Severity> = new Map([
  [2015, 'hint'],
  [2016, 'hint'],
  [2043, 'hint'],
  [2046, 'info'],
  [2086, 'hint'],
]);

const severities: Readonly<Record<Remark['level'], Severity>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  style: 'hint',
};

function findingOf(
  remark: Remark,
  script: ShellScript,
  { config, ignored }: { readonly config: LintConfig; readonly ignored: Ignores | undefined },
): Finding | undefined {
  const { code, level, message } = remark;
  if (isDoubtful(remark, script)) return undefined;
  const span = script.span(remark.start, remark.end);
  if (span === undefined) return undefined;
  const name = `SC${String(code)}`;
  const given = config.rules[`shellcheck/${name}`];
  const asked = typeof given === 'object' ? given.severity : given;
  const severity = asked ?? milder.get(code) ?? severities[level];
  if (severity === 'off') return undefined;
  const fix = fixOf(remark, script);
  const finding: Finding = {
    rule: `shellcheck/${name}`,
    category: 'shell',
    severity,
    also: [name],
    at: { span },
    message: message.trim().replace(/\.$/, ''),
    ...(fix && { fix }),
  };
  const isIgnored = ignored?.covers(finding, [name.toLowerCase()]) ?? 'no';
  return isIgnored === 'no' ? finding : undefined;
}

/** What can not be known of a Dockerfile, or is said where it does not hold. */
function isDoubtful({ code, start, end }: Remark, script: ShellScript): boolean {
  const { text, shell, instruction } = script;
  // What runs when a container starts, and what is sourced, has variables that nobody here knows.
  if (code === 2154) return instruction.kind !== 'RUN' || sources.test(text);
  // That it makes no folder is not heard of.
  if (code === 2155) return /^[^=\s]*="?\$\(mktemp\b/.test(text.slice(start));
  // With its folder it is the program, which knows more.
  if (code === 3036 || code === 3037) return /\/echo\b[^;&|]*$/.test(text.slice(0, end));
  // Several variables are emptied at once: `A= B= && …`.
  if (code === 1007) return /^\s*[A-Za-z_]\w*=/.test(text.slice(end - 1));
  // What `sh` can do is not known where it is not known which it is.
  return code >= 3000 && code < 4000 && shell === 'sh';
}

const sources = /(?:^|[\s;&|(])(?:\.|source)\s+\S/;

/** Undefined where it would reach into what is not written there, or break a line that may not be broken. */
function fixOf(remark: Remark, script: ShellScript): Fix | undefined {
  const { code, edits } = remark;
  if (edits.length === 0) return undefined;
  const changes: Edit[] = [];
  for (const { start, end, text } of edits) {
    const span = script.span(start, end);
    if (span === undefined || (script.oneLine && text.includes('\n'))) return undefined;
    const edit: Edit = { span, text: script.quoted(text) };
    if (changes.some((other) => overlaps(other, edit))) return undefined;
    changes.push(edit);
  }
  const mended = mendedText(remark, script);
  const isShort = mended.length <= 40 && !mended.includes('\n');
  const title = isShort ? t('Write {0}', mended) : t('Mend it as ShellCheck says (SC{0})', code);
  return { title, edits: changes, safe: false };
}

/** What would stand there, when all that is changed stands in what was reported. */
function mendedText({ edits, start, end }: Remark, { text }: ShellScript): string {
  const changed = applyEdits(
    text,
    edits.map((edit) => replace(edit, edit.text)),
  );
  const from = Math.min(start, ...edits.map((edit) => edit.start));
  const to = Math.max(end, ...edits.map((edit) => edit.end));
  return changed.slice(from, to + changed.length - text.length);
}

/**
 * Our findings and ShellCheck's together: of two that say the same of one place its own stays, with our fix where it has
 * none.
 */
export function together(own: readonly Finding[], theirs: readonly Finding[]): readonly Finding[] {
  if (theirs.length === 0) return own;
  const replaced = new Set<Finding>();
  const said = theirs.map((finding) => {
    const same = own.filter((one) => isSame(one, finding));
    for (const one of same) replaced.add(one);
    const fix = finding.fix ?? same.find((one) => one.fix)?.fix;
    const others = same.flatMap((one) => one.others ?? []);
    return { ...finding, ...(fix && { fix }), ...(others.length > 0 && { others }) };
  });
  return [...own.filter((one) => !replaced.has(one)), ...said].sort(
    (a, b) => a.at.span.start - b.at.span.start || a.at.span.end - b.at.span.end,
  );
}

function isSame(one: Finding, { also: [name = ''], at: { span } }: Finding): boolean {
  const { start, end } = one.at.span;
  return one.also.includes(name) && start < span.end && span.start < end;
}
