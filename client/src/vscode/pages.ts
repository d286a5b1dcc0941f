/** Pages in webviews: what stands around our scripts, and the messages through it. */
import { randomBytes } from 'node:crypto';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Editor } from '../ui/editor.ts';
import type { OpenPage, PageDescription, PageListener } from '../ui/page.ts';

/** Opens pages whose scripts and styles lie in the extension's own folder. */
export function pagesIn(extension: vscode.Uri): Editor['openPage'] {
  const dist = vscode.Uri.joinPath(extension, 'dist');
  return (page, title, listener) => open({ ...page, title, dist }, listener);
}

interface Page<FromPage> extends PageDescription<FromPage> {
  readonly title: string;
  readonly dist: vscode.Uri;
}

function open<ToPage, FromPage>(
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
    if (accepts(message)) listener.received(message);
  });
  panel.onDidChangeViewState(() => {
    if (!panel.visible) listener.hidden?.();
  });
  let isOpen = true;
  panel.onDidDispose(() => {
    isOpen = false;
    listener.closed();
  });
  panel.webview.html = documentOf(panel.webview, page);
  return {
    post: (message) => {
      if (isOpen) void panel.webview.postMessage(message);
    },
    close: () => void panel.dispose(),
  };
}

/** Nothing is loaded but our own script and style, and nothing is sent anywhere. */
function documentOf(
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
<html lang="${escaped(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escaped(address('css'))}">
<title>${escaped(title)}</title>
</head>
<body>
<main aria-busy="true" aria-label="${escaped(title)}"><p>${escaped(t('Loading…'))}</p></main>
<script nonce="${nonce}" src="${escaped(address('js'))}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
}
