/** The JSON that `drydock lint --format json` prints. Other programs read it; changes need a new `version`. */
import { printableJson } from '../printable.ts';
import { document } from '../../model/document.ts';
import { wikiPage } from '../../lint/page.ts';
import type { Finding, Fix } from '../../lint/rule.ts';
import { instructionStart } from '../../syntax/instruction-start.ts';
import type { Dockerfile, Instruction } from '../../syntax/tree.ts';
import type { Lines } from '../../text/lines.ts';
import { region, type FileReport, type Format } from '../report.ts';

const json: Format = ({ files }) =>
  `${printableJson(JSON.stringify({ version: 1, files: files.map(fileAsJson) }, undefined, 2))}\n`;
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
  const url = wikiPage(rule);
  return {
    rule,
    category,
    also,
    severity,
    message,
    ...(url !== undefined && { url }),
    ...region(lines, at.span),
    fix: fix === undefined ? null : fixAsJson(fix, lines),
  };
}

function isOfBuildKit({ category, also }: Finding): boolean {
  return category === 'build-error' || also.some((name) => /^[A-Z]+[a-z]/.test(name));
}

/**
 * The line that `docker build` reports: the first line of the instruction, or for empty continuation lines the last line
 * that was read for it. For comparison with BuildKit, these findings carry BuildKit's line, and the exact place in `at`.
 */
function asBuildKitNames({ at, also }: Finding, tree: Dockerfile, lines: Lines): object {
  const instruction = tree.instructions.findLast(
    (one) => instructionStart(tree, one) <= at.span.start,
  );
  const exact = region(lines, at.span);
  if (instruction === undefined) return {};
  const { end } = instruction.span;
  const whole = region(lines, { start: instructionStart(tree, instruction), end });
  if (whole.line >= exact.line) return {};
  if (also.includes('NoEmptyContinuation')) {
    const line = lastRead(instruction, tree, lines);
    return { ...whole, line, column: 1, endLine: line, at: exact };
  }
  if (exact.line > whole.endLine) return {};
  const { endLine, endColumn } = exact;
  return { line: whole.line, column: whole.column, endLine, endColumn, at: exact };
}

/** The last line that was read for an instruction: before its heredocs, or the last of the file if it is still continued. */
function lastRead(instruction: Instruction, tree: Dockerfile, lines: Lines): number {
  const { span, heredocs } = instruction;
  const lineOf = (offset: number): number => lines.positionAt(offset).line + 1;
  const trigger = instruction.kind === 'ONBUILD' ? instruction.trigger : undefined;
  const [heredoc] = trigger?.heredocs ?? heredocs;
  if (heredoc) return lineOf(heredoc.body.start) - 1;
  const isLast = tree.instructions.every((other) => other.span.start <= span.start);
  const isContinued =
    tree.comments.some((comment) => comment.isInside && comment.span.start >= span.end) ||
    tree.emptyContinuations.some(({ start }) => start >= span.end);
  if (!isLast || !isContinued) return lineOf(span.end);
  // A line break at the end does not start another line.
  return lineOf(tree.text.endsWith('\n') ? tree.text.length - 1 : tree.text.length);
}

function fixAsJson({ title, safe, edits }: Fix, lines: Lines): object {
  return {
    title,
    safe: safe !== false,
    edits: edits.map(({ span, text }) => ({ ...region(lines, span), text })),
  };
}
