/** The HTML document of a page in a webview. */
import { t } from '@vscode/l10n';

export interface PageDocument {
  readonly title: string;
  /** A language tag such as `zh-cn`. */
  readonly language: string;
  /** The source of the extension's files in a Content Security Policy. */
  readonly source: string;
  /** A random value that only this document knows; scripts without it do not run. */
  readonly nonce: string;
  /** The addresses of its script and style sheet. */
  readonly script: string;
  readonly style: string;
}

/** The policy allows only the script, the style sheet and the font of the page, and no network access. */
export function pageHtml({ title, language, source, nonce, script, style }: PageDocument): string {
  const policy = [
    "default-src 'none'",
    `style-src ${source}`,
    `font-src ${source}`,
    `script-src 'nonce-${nonce}'`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeHtml(style)}">
<title>${escapeHtml(title)}</title>
</head>
<body>
<main aria-busy="true" aria-label="${escapeHtml(title)}"><p>${escapeHtml(t('Loading…'))}</p></main>
<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(script)}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
