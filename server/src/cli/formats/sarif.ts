/** SARIF 2.1.0, as code scanning services read it. */
import { printableJson } from '../printable.ts';
import { explain } from '../../lint/explain.ts';
import { wikiPage } from '../../lint/page.ts';
import type { Finding, Registered, Severity } from '../../lint/rule.ts';
import type { Lines } from '../../text/lines.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { region, type FileReport, type Format } from '../report.ts';

const sarif: Format = ({ files, rules, version }) => {
  const used = new Map(
    files.flatMap(({ findings }) => findings.map((one) => [one.rule, one] as const)),
  );
  const own = rules.filter(({ id }) => used.has(id)).map(ruleAsSarif);
  const ownIds = new Set(rules.map(({ id }) => id));
  const others = [...used.values()].filter(({ rule }) => !ownIds.has(rule)).sort(byRule);
  const described = [...own, ...others.map(codeAsSarif)];
  const indices = new Map(described.map(({ id }, index) => [id, index]));
  const failed = files.flatMap(({ path, error }) => (error === undefined ? [] : [{ path, error }]));
  const run = {
    tool: {
      driver: {
        name: 'Drydock',
        version,
        rules: described,
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: failed.length === 0,
        toolExecutionNotifications: failed.map(({ path, error }) => ({
          level: 'error',
          message: { text: error },
          locations: [{ physicalLocation: { artifactLocation: { uri: uri(path) } } }],
        })),
      },
    ],
    results: files.flatMap((file) => resultsOf(file, indices)),
  };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  return `${printableJson(JSON.stringify(log, undefined, 2))}\n`;
};
export default sarif;

const levels: Readonly<Record<Severity | 'off', string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
  off: 'none',
};

interface Described {
  readonly id: string;
  readonly [property: string]: unknown;
}

function ruleAsSarif(registered: Registered): Described {
  const { id, category, rule } = registered;
  return {
    id,
    shortDescription: { text: `${rule.summary}.` },
    fullDescription: { text: rule.why },
    help: { text: rule.why, markdown: explain(registered) },
    defaultConfiguration: { level: levels[rule.severity] },
    properties: { category },
  };
}

function byRule(a: Finding, b: Finding): number {
  return a.rule < b.rule ? -1 : 1;
}

/** A ShellCheck code, described by its page in the ShellCheck wiki. */
function codeAsSarif({ rule: id, category, severity }: Finding): Described {
  const code = id.slice(id.indexOf('/') + 1);
  const page = wikiPage(id);
  const text = t('ShellCheck {0}. Its wiki page explains the problem and how to fix it.', code);
  return {
    id,
    name: code,
    shortDescription: { text: t('ShellCheck {0}.', code) },
    fullDescription: { text },
    help: { text, ...(page !== undefined && { markdown: `${text}\n\n[${code}](${page})` }) },
    ...(page !== undefined && { helpUri: page }),
    defaultConfiguration: { level: levels[severity] },
    properties: { category },
  };
}

function resultsOf(file: FileReport, indices: ReadonlyMap<string, number>): readonly object[] {
  const { path, lines, findings } = file;
  const location = { uri: uri(path) };
  const place = (span: Span): object => ({
    physicalLocation: { artifactLocation: location, region: regionAsSarif(lines, span) },
  });
  return findings.map((finding) => ({
    ruleId: finding.rule,
    ruleIndex: indices.get(finding.rule) ?? -1,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [place(finding.at.span)],
    ...(finding.related !== undefined && {
      relatedLocations: finding.related.map(({ at, message }, id) => ({
        id,
        ...place(at.span),
        message: { text: message },
      })),
    }),
    ...(finding.fix !== undefined && { fixes: [fixAsSarif(finding.fix, file)] }),
  }));
}

function fixAsSarif(
  { title, edits }: NonNullable<Finding['fix']>,
  { path, lines }: FileReport,
): object {
  return {
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation: { uri: uri(path) },
        replacements: edits.map(({ span, text }) => ({
          deletedRegion: regionAsSarif(lines, span),
          insertedContent: { text },
        })),
      },
    ],
  };
}

function regionAsSarif(lines: Lines, span: Span): object {
  const { line, column, endLine, endColumn } = region(lines, span);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function uri(path: string): string {
  return path.split(/[\\/]/).map(encodeURIComponent).join('/');
}
