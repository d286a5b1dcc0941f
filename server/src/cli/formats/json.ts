/** The contract that other programs read; see `drydock lint --format json` in the docs. */
import { pageUrl } from '../../lint/explain.ts';
import type { Finding, Fix } from '../../lint/rule.ts';
import type { Lines } from '../../text/lines.ts';
import { region, type FileReport, type Format } from '../report.ts';

const json: Format = ({ files }) =>
  `${JSON.stringify({ version: 1, files: files.map(fileAsJson) }, undefined, 2)}\n`;
export default json;

function fileAsJson({ path, findings, lines, error }: FileReport): object {
  return {
    path,
    findings: findings.map((finding) => findingAsJson(finding, lines)),
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

function fixAsJson({ title, safe, edits }: Fix, lines: Lines): object {
  return {
    title,
    safe: safe !== false,
    edits: edits.map(({ span, text }) => ({ ...region(lines, span), text })),
  };
}
