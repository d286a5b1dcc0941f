/** Pages in webviews: their HTML document and the messages to and from their scripts. */
import { randomBytes } from 'node:crypto';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Editor } from '../ui/editor.ts';
import type { OpenPage, PageDescription, PageListener } from '../ui/page.ts';

/** Opens pages whose scripts and style sheets are in the `dist` folder of the extension. */
export function pageOpener(extension: vscode.Uri): Editor['openPage'] {
  const dist = vscode.Uri.joinPath(extension, 'dist');
  return (page, title, listener) => openPage({ ...page, title, dist }, listener);
}

interface Page<FromPage> extends PageDescription<FromPage> {
  readonly title: string;
  readonly dist: vscode.Uri;
}

function openPage<ToPage, FromPage>(
  page: Page<FromPage>,
  listener: PageListener<FromPage>,
): OpenPage<ToPage> {
  const { name, title, dist, accepts, beside } = page;
  const panel = vscode.window.createWebviewPanel(
    `drydock.${name}`,
    title,
    beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
    { enableScripts: true, localResourceRoots: [dist], enableFindWidget: true },
  );
  panel.webview.onDidReceiveMessage((message: unknown) => {
    if (accepts(message)) listener.onMessage(message);
  });
  panel.onDidChangeViewState(() => {
    if (!panel.visible) listener.onHidden?.();
  });
  let isOpen = true;
  panel.onDidDispose(() => {
    isOpen = false;
    listener.onClosed();
  });
  panel.webview.html = pageHtml(panel.webview, page);
  return {
    post: (message) => {
      if (isOpen) void panel.webview.postMessage(message);
    },
    close: () => void panel.dispose(),
  };
}

/** The policy allows only the script and the style sheet of the page, and no network access. */
function pageHtml(
  webview: vscode.Webview,
  { name, title, dist }: Pick<Page<unknown>, 'name' | 'title' | 'dist'>,
): string {
  const nonce = randomBytes(16).toString('base64');
  const address = (ending: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(dist, `${name}.${ending}`)).toString();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeHtml(address('css'))}">
<title>${escapeHtml(title)}</title>
</head>
<body>
<main aria-busy="true" aria-label="${escapeHtml(title)}"><p>${escapeHtml(t('Loading…'))}</p></main>
<script nonce="${nonce}" src="${escapeHtml(address('js'))}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
