/** Whether a text is a Dockerfile, by its first instruction. */

/** Characters that are read of a file: comments before the first instruction are seldom longer. */
export const mostCharacters = 20_000;

/**
 * Whether the first instruction is FROM, or ARG and then FROM, after comments and directives. Words of other languages that
 * begin the same way are not enough: SQL and Python have `from`, but not with an image after it.
 */
export function beginsAsDockerfile(text: string): boolean {
  const lines = text
    .slice(0, mostCharacters)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  let continued = false;
  for (const line of lines) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const isArgument = continued || /^ARG\s+[A-Za-z_]\w*(?:[=\s].*)?$/i.test(trimmed);
    if (!isArgument) return isFrom(trimmed);
    continued = /[\\`]$/.test(trimmed);
  }
  return false;
}

/** `FROM image`, with flags and a name; a variable can be the image. */
function isFrom(line: string): boolean {
  return /^FROM\s+(?:--platform=\S+\s+)*(?:[\w./:@${}-]+|"[\w./:@${}-]+")(?:\s+AS\s+[\w.-]+)?\s*(?:[\\`])?$/i.test(
    line,
  );
}
