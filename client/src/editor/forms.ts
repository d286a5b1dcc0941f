/** Forms in webviews: the page around a form, and the messages through it. */
import { randomBytes } from 'node:crypto';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Editor } from '../commands/editor.ts';
import { isFromForm } from '../run/form.ts';

export type FormOpener = Editor['form'];

/** Opens forms whose script and style lie in the extension's own folder. */
export function formsIn(extension: vscode.Uri): FormOpener {
  const dist = vscode.Uri.joinPath(extension, 'dist');
  return (title, person) => {
    const panel = vscode.window.createWebviewPanel(
      'drydock.form',
      title,
      vscode.ViewColumn.Active,
      { enableScripts: true, localResourceRoots: [dist], enableFindWidget: true },
    );
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (isFromForm(message)) person.received(message);
    });
    let open = true;
    panel.onDidDispose(() => {
      open = false;
      person.closed();
    });
    panel.webview.html = pageOf(panel.webview, dist, title);
    return {
      post: (message) => {
        if (open) void panel.webview.postMessage(message);
      },
      close: () => void panel.dispose(),
    };
  };
}

/** Nothing is loaded but our own script and style, and nothing is sent anywhere. */
function pageOf(webview: vscode.Webview, dist: vscode.Uri, title: string): string {
  const nonce = randomBytes(16).toString('base64');
  const address = (file: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
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
<link rel="stylesheet" href="${escaped(address('form.css'))}">
<title>${escaped(title)}</title>
</head>
<body>
<main id="form" aria-busy="true" aria-label="${escaped(title)}"><p>${escaped(t('Loading…'))}</p></main>
<script nonce="${nonce}" src="${escaped(address('form.js'))}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
}
