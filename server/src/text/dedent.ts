/**
 * A raw template tag for Dockerfiles in source code: the indentation common to all lines goes, so do the first
 * empty line and the blanks before the closing back-tick. Backslashes stand for themselves; only a back-tick and
 * `${` are written `` \` `` and `\${`.
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
