/** The contract that other programs read; see `drydock lint --format json` in the docs. */
import { document } from '../../document.ts';
import { pageUrl } from '../../lint/page.ts';
import type { Finding, Fix } from '../../lint/rule.ts';
import { instructionAt } from '../../syntax/at.ts';
import type { Dockerfile } from '../../syntax/tree.ts';
import type { Lines } from '../../text/lines.ts';
import { region, type FileReport, type Format } from '../report.ts';

const json: Format = ({ files }) =>
  `${JSON.stringify({ version: 1, files: files.map(fileAsJson) }, undefined, 2)}\n`;
export default json;

function fileAsJson({ path, text, findings, lines, error }: FileReport): object {
  const tree = findings.some(isOfBuildKit) ? document(path, text).tree : undefined;
  return {
    path,
    findings: findings.map((finding) => ({
      ...findingAsJson(finding, lines),
      ...(tree && isOfBuildKit(finding) && asBuildKitNames(finding, tree, lines)),
    })),
    ...(error !== undefined && { error }),
  };
}

function findingAsJson(finding: Finding, lines: Lines): object {
  const { rule, category, also, severity, message, at, fix } = finding;
  return {
    rule,
    category,
    also,
    severity,
    message,
    url: pageUrl(rule),
    ...region(lines, at.span),
    fix: fix === undefined ? null : fixAsJson(fix, lines),
  };
}

function isOfBuildKit({ category, also }: Finding): boolean {
  return category === 'build-error' || also.some((name) => /^[A-Z][a-z]/.test(name));
}

/**
 * `docker build` names the line in which an instruction begins, and of one with empty lines in it the last; who holds
 * one against the other finds those lines here, and the place itself in `at`.
 */
function asBuildKitNames({ at, also }: Finding, tree: Dockerfile, lines: Lines): object {
  const instruction = instructionAt(tree, at.span.start);
  const exact = region(lines, at.span);
  const whole = instruction && region(lines, instruction.span);
  if (whole === undefined || whole.line >= exact.line) return {};
  const { endLine, endColumn } = exact;
  return also.includes('NoEmptyContinuation')
    ? { ...whole, line: whole.endLine, column: 1, at: exact }
    : { line: whole.line, column: whole.column, endLine, endColumn, at: exact };
}

function fixAsJson({ title, safe, edits }: Fix, lines: Lines): object {
  return {
    title,
    safe: safe !== false,
    edits: edits.map(({ span, text }) => ({ ...region(lines, span), text })),
  };
}
