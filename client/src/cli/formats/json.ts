/** The report as JSON; the README describes its properties. */
import { printableJson } from '../../../../server/src/cli/printable.ts';
import type { BuildReport } from '../report.ts';

export function jsonReport({ image, context, steps, error }: BuildReport): string {
  const report = { version: 1, image, context, steps, error: error && flat(error) };
  return `${printableJson(JSON.stringify(report, undefined, 2))}\n`;
}

/** Without a place in the Dockerfile its properties are null. */
function flat({
  message,
  exitCode,
  place,
  log,
  related,
}: NonNullable<BuildReport['error']>): object {
  const { line = null, column = null, endLine = null, endColumn = null } = place ?? {};
  return { message, exitCode, line, column, endLine, endColumn, log, related };
}
