/** Pages in webviews, and the messages to and from their scripts. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Editor } from '../ui/editor.ts';
import type { OpenPage, PageDescription, PageListener } from '../ui/page.ts';
import { pageHtml } from '../ui/page-html.ts';

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
  panel.webview.html = documentOf(panel.webview, page);
  return {
    post: (message) => {
      if (isOpen) void panel.webview.postMessage(message);
    },
    reveal: () => panel.reveal(),
    setTitle: (changed) => (panel.title = changed),
    close: () => void panel.dispose(),
  };
}

function documentOf(
  webview: vscode.Webview,
  { name, title, dist }: Pick<Page<unknown>, 'name' | 'title' | 'dist'>,
): string {
  const address = (ending: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(dist, `${name}.${ending}`)).toString();
  return pageHtml({
    title,
    language: vscode.env.language,
    source: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    script: address('js'),
    style: address('css'),
  });
}
