/** Tooltips as Markdown. Names come from images and containers of strangers: nothing in them may act. */

/** The text as it stands, with no sign that Markdown, HTML or a codicon would take up. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-.!|<>~&$:/@]/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
    .replace(/\s+/g, ' ');
}

/** A two-column table under a heading; rows without a value are left out. */
export function markdownTable(
  heading: string,
  rows: readonly (readonly [name: string, value: string | undefined])[],
): string {
  return [
    `**${escapeMarkdown(heading)}**`,
    '',
    '| | |',
    '| :-- | :-- |',
    markdownTableRows(rows),
  ].join('\n');
}

/** More rows for the end of such a table. */
export function markdownTableRows(
  rows: readonly (readonly [name: string, value: string | undefined])[],
): string {
  return rows
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `| ${escapeMarkdown(name)} | ${escapeMarkdown(value ?? '')} |`)
    .join('\n');
}
