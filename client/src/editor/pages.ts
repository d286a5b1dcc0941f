/** Pages in webviews: what stands around our scripts, and the messages through it. */
import { randomBytes } from 'node:crypto';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Editor, OpenPage, PageListener } from '../commands/editor.ts';
import { isFromGraph } from '../graph/page.ts';
import { isFromForm } from '../run/form.ts';
import { isFromStats } from '../stats/page.ts';

export type Pages = Pick<Editor, 'form' | 'stats' | 'graph'>;

/** Opens pages whose scripts and styles lie in the extension's own folder. */
export function pagesIn(extension: vscode.Uri): Pages {
  const dist = vscode.Uri.joinPath(extension, 'dist');
  return {
    form: (title, person) => open({ name: 'form', title, dist, accepts: isFromForm }, person),
    stats: (title, person) => open({ name: 'stats', title, dist, accepts: isFromStats }, person),
    graph: (title, person) =>
      open({ name: 'graph', title, dist, accepts: isFromGraph, beside: true }, person),
  };
}

interface Page<From> {
  /** Of its script and its style. */
  readonly name: string;
  readonly title: string;
  readonly dist: vscode.Uri;
  readonly accepts: (message: unknown) => message is From;
  /** The text that it is about stays in sight. */
  readonly beside?: true;
}

function open<From, To>(page: Page<From>, person: PageListener<From>): OpenPage<To> {
  const { name, title, dist, accepts, beside } = page;
  const panel = vscode.window.createWebviewPanel(
    `drydock.${name}`,
    title,
    beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
    { enableScripts: true, localResourceRoots: [dist], enableFindWidget: true },
  );
  panel.webview.onDidReceiveMessage((message: unknown) => {
    if (accepts(message)) person.received(message);
  });
  panel.onDidChangeViewState(() => {
    if (!panel.visible) person.hidden?.();
  });
  let isOpen = true;
  panel.onDidDispose(() => {
    isOpen = false;
    person.closed();
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
