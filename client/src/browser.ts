/** The extension where VS Code is a page of a browser and nothing else: the language, without engines. */
import * as vscode from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import {
  explainRule,
  imageDigest,
  localImages,
  trusted,
  type InitializationOptions,
} from '../../contract/protocol.ts';
import { catalogue } from './vscode/translations.ts';
import { registerRulePages } from './vscode/rule-pages.ts';
import { readFor } from './vscode/file-access.ts';
import { language, views, type EngineState } from './manifest.ts';

/** The types of Node know no workers of browsers. */
declare const Worker: new (address: string) => never;

let running: LanguageClient | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const state: EngineState = 'browser';
  void vscode.commands.executeCommand('setContext', 'drydock.engine', state);
  const start = (document: vscode.TextDocument): void => {
    if (running !== undefined || document.languageId !== language.id) return;
    running = clientOf(context);
    void running.start();
  };
  vscode.workspace.textDocuments.forEach(start);
  context.subscriptions.push(
    // Views without rows show what their welcome says.
    ...views.map(({ id }) =>
      vscode.window.registerTreeDataProvider(`drydock.${id}`, {
        getChildren: () => [],
        getTreeItem: (row: vscode.TreeItem) => row,
      }),
    ),
    ...registerRulePages(context.extensionUri),
    vscode.workspace.onDidOpenTextDocument(start),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void running?.sendNotification(trusted)),
  );
}

export function deactivate(): Promise<void> | undefined {
  return running?.stop();
}

/** The language server runs in a worker beside the one that this code runs in. */
function clientOf({ extensionUri }: vscode.ExtensionContext): LanguageClient {
  const server = vscode.Uri.joinPath(extensionUri, 'dist/server.browser.js');
  const initializationOptions: InitializationOptions = {
    locale: vscode.env.language,
    explains: true,
    reads: true,
    ...catalogue(),
  };
  const client = new LanguageClient(
    'drydock',
    'Drydock Language Server',
    () => workerWith(server),
    {
      documentSelector: [{ language: language.id }],
      initializationOptions,
      markdown: { isTrusted: { enabledCommands: [explainRule] } },
    },
  );
  readFor(client);
  client.onRequest(localImages, () => []);
  client.onRequest(imageDigest, () => null);
  return client;
}

/** The file may lie where only VS Code can read it: on a machine that the page speaks with. */
async function workerWith(file: vscode.Uri): Promise<MessageTransports> {
  const source = await vscode.workspace.fs.readFile(file);
  // The address is not revoked: VS Code's own kind of worker reads it when it runs, and there is one.
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(address);
  // That kind is no worker for `instanceof`, by which the client would know it.
  return {
    reader: new BrowserMessageReader(worker),
    writer: new BrowserMessageWriter(worker),
  };
}
