/** Markdown for tooltips. Names come from untrusted images and containers and must not contain active Markdown. */

/** Escapes all characters that are special in Markdown, HTML or codicons. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(
      /[\\`*_{}[\]()#+\-.!|<>~&$:/@]/g,
      (character) => `&#${String(character.charCodeAt(0))};`,
    )
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

/** Additional rows for the end of such a table. */
export function markdownTableRows(
  rows: readonly (readonly [name: string, value: string | undefined])[],
): string {
  return rows
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `| ${escapeMarkdown(name)} | ${escapeMarkdown(value ?? '')} |`)
    .join('\n');
}
