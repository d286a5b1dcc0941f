/**
 * A template tag for Dockerfiles in source code. The common indentation, the first empty line and the whitespace before
 * the closing backtick are removed. Backslashes are kept; only a backtick and `${` are written `` \` `` and `\${`.
 */
export function dockerfile(strings: TemplateStringsArray, ...values: readonly string[]): string {
  const raw = strings.raw
    .map((part, i) => part.replace(/\\(`|\$\{)/g, '$1') + (values[i] ?? ''))
    .join('')
    .replace(/^[ \t]*\n/, '')
    .replace(/\n[ \t]*$/, '\n');
  const indents = raw
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  return raw
    .split('\n')
    .map((line) => line.slice(Math.min(common, line.length - line.trimStart().length)))
    .join('\n');
}
