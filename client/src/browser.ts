/** The extension for VS Code in a browser without a remote machine: language features only, no engine. */
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
import { translationBundle } from './vscode/translations.ts';
import { registerRulePages } from './vscode/rule-pages.ts';
import { serveFiles } from './vscode/file-access.ts';
import { documentSelector, isServed, views, type EngineState } from './manifest.ts';

/** The types of Node.js do not include `Worker`. */
declare const Worker: new (address: string) => never;

let running: LanguageClient | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const state: EngineState = 'browser';
  void vscode.commands.executeCommand('setContext', 'drydock.engine', state);
  const start = (document: vscode.TextDocument): void => {
    const { languageId, uri } = document;
    if (running !== undefined || !isServed({ languageId, path: uri.path })) return;
    running = createClient(context);
    void running.start();
  };
  vscode.workspace.textDocuments.forEach(start);
  context.subscriptions.push(
    // Views without rows show their welcome text.
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

/** The language server runs in its own worker. */
function createClient({ extensionUri }: vscode.ExtensionContext): LanguageClient {
  const server = vscode.Uri.joinPath(extensionUri, 'dist/server.browser.js');
  const initializationOptions: InitializationOptions = {
    locale: vscode.env.language,
    explains: true,
    reads: true,
    ...translationBundle(),
  };
  const client = new LanguageClient(
    'drydock',
    'Drydock Language Server',
    () => workerWith(server),
    {
      documentSelector: [...documentSelector],
      initializationOptions,
      markdown: { isTrusted: { enabledCommands: [explainRule] } },
    },
  );
  serveFiles(client);
  client.onRequest(localImages, () => []);
  client.onRequest(imageDigest, () => null);
  return client;
}

/** The file is read through VS Code, because it may be on a machine that only VS Code can access. */
async function workerWith(file: vscode.Uri): Promise<MessageTransports> {
  const source = await vscode.workspace.fs.readFile(file);
  // The URL is not revoked, because VS Code's worker reads it later. Only one is created.
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(address);
  // VS Code's worker is not an instance of `Worker`, so the client would not recognize it by itself.
  return {
    reader: new BrowserMessageReader(worker),
    writer: new BrowserMessageWriter(worker),
  };
}
