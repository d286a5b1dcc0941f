/** Read-only documents that commands show. */
import * as vscode from 'vscode';
import type { NamedText } from '../ui/editor.ts';

const scheme = 'drydock-view';
const maxPages = 20;

export class Documents implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  /** The Markdown preview closes its source document and reads it again later. */
  readonly #pages = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registrations: readonly vscode.Disposable[];

  constructor() {
    this.#registrations = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? this.#pages.get(uri.toString()) ?? '';
  }

  async showDocument(name: string, text: string, language: string): Promise<void> {
    const uri = this.#set(name, text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, language);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /** Shows two texts in the diff editor. */
  async compare(left: NamedText, right: NamedText, title: string): Promise<void> {
    // The same name at both sides would be one document.
    const uris = [
      this.#set(`left/${left.name}`, left.text),
      this.#set(`right/${right.name}`, right.text),
    ];
    await vscode.commands.executeCommand('vscode.diff', ...uris, title, { preview: false });
  }

  /** The document with this name, which has the text from now on. */
  #set(name: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: `/${name.replaceAll('/', '-')}` });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  /** Shows Markdown in the preview. */
  async showMarkdown(name: string, markdown: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${name.replaceAll('/', '-')}.md` });
    this.#pages.delete(uri.toString());
    this.#pages.set(uri.toString(), markdown);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > maxPages && oldest !== undefined) this.#pages.delete(oldest);
    this.#changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
    this.#changed.dispose();
  }
}
