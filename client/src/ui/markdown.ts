/** Tooltips as Markdown. Names come from images and containers of strangers: nothing in them may act. */

/** The text as it stands, with no sign that Markdown, HTML or a codicon would take up. */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-.!|<>~&$:/@]/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
    .replace(/\s+/g, ' ');
}

/** A two-column table under a heading; rows without a value are left out. */
export function table(
  heading: string,
  rows: readonly (readonly [name: string, value: string | undefined])[],
): string {
  return [`**${escaped(heading)}**`, '', '| | |', '| :-- | :-- |', tableRows(rows)].join('\n');
}

/** More rows for the end of such a table. */
export function tableRows(
  rows: readonly (readonly [name: string, value: string | undefined])[],
): string {
  return rows
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `| ${escaped(name)} | ${escaped(value ?? '')} |`)
    .join('\n');
}
