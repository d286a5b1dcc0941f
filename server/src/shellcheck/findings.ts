/** Converts ShellCheck's remarks to findings in the document, with the configured severities and ignore comments. */
import { ignores, type Ignores } from '../lint/ignore.ts';
import type { Finding, Fix, LintConfig, Severity } from '../lint/rule.ts';
import type { Model } from '../model/model.ts';
import { applyEdits, overlaps, replace, type Edit } from '../text/edit.ts';
import { t } from '../text/translation.ts';
import type { Remark } from './report.ts';
import type { ShellScript } from './scripts.ts';

/** A script with ShellCheck's remarks. */
export interface CheckedScript {
  readonly script: ShellScript;
  readonly remarks: readonly Remark[];
}

/** The findings that are enabled and that no comment ignores, by position. */
export function findingsOf(
  model: Model,
  all: readonly CheckedScript[],
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
 * Lower severities than ShellCheck's, for code that is usually intended or harmless in a Dockerfile: word splitting,
 * `a && b || true`, `$` in single quotes that is written to a file, a loop over a list with one item.
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
  const setting = config.rules[`shellcheck/${name}`];
  const configured = typeof setting === 'object' ? setting.severity : setting;
  const severity = configured ?? milder.get(code) ?? severities[level];
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

/** Whether a remark is likely to be wrong in a Dockerfile. */
function isDoubtful({ code, start, end }: Remark, script: ShellScript): boolean {
  const { text, shell, instruction } = script;
  // A script that runs when a container starts, or that sources a file, has variables that are not known here.
  if (code === 2154) return instruction.kind !== 'RUN' || sources.test(text);
  // `mktemp` hardly ever fails.
  if (code === 2155) return /^[^=\s]*="?\$\(mktemp\b/.test(text.slice(start));
  // With its directory it is the program `/bin/echo`, which supports more options.
  if (code === 3036 || code === 3037) return /\/echo\b[^;&|]*$/.test(text.slice(0, end));
  // Several variables are set to an empty string: `A= B= && …`.
  if (code === 1007) return /^\s*[A-Za-z_]\w*=/.test(text.slice(end - 1));
  // The features of `sh` are not known if it is not known which shell it is.
  return code >= 3000 && code < 4000 && shell === 'sh';
}

const sources = /(?:^|[\s;&|(])(?:\.|source)\s+\S/;

/** Undefined if the fix would change text that is not in the document, or break a line that must not be broken. */
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
  const fixed = fixedText(remark, script);
  const isShort = fixed.length <= 40 && !fixed.includes('\n');
  const title = isShort ? t('Replace with `{0}`', fixed) : t('Apply ShellCheck fix (SC{0})', code);
  return { title, edits: changes, safe: false };
}

/** The reported text with the edits applied. */
function fixedText({ edits, start, end }: Remark, { text }: ShellScript): string {
  const changed = applyEdits(
    text,
    edits.map((edit) => replace(edit, edit.text)),
  );
  const from = Math.min(start, ...edits.map((edit) => edit.start));
  const to = Math.max(end, ...edits.map((edit) => edit.end));
  return changed.slice(from, to + changed.length - text.length);
}

/**
 * Our findings and ShellCheck's. If both report the same problem, ShellCheck's finding is kept, with our fix if it has none.
 */
export function mergeFindings(
  own: readonly Finding[],
  theirs: readonly Finding[],
): readonly Finding[] {
  if (theirs.length === 0) return own;
  const replaced = new Set<Finding>();
  const merged = theirs.map((finding) => {
    const same = own.filter((one) => isSame(one, finding));
    for (const one of same) replaced.add(one);
    const fix = finding.fix ?? same.find((one) => one.fix)?.fix;
    const others = same.flatMap((one) => one.others ?? []);
    return { ...finding, ...(fix && { fix }), ...(others.length > 0 && { others }) };
  });
  return [...own.filter((one) => !replaced.has(one)), ...merged].sort(
    (a, b) => a.at.span.start - b.at.span.start || a.at.span.end - b.at.span.end,
  );
}

function isSame(one: Finding, { also: [name = ''], at: { span } }: Finding): boolean {
  const { start, end } = one.at.span;
  return one.also.includes(name) && start < span.end && span.start < end;
}
