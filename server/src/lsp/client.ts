/** What the editor at the other end can do, read once from `initialize`. */
import type { InitializeParams } from 'vscode-languageserver/node';

export type Encoding = 'utf-16' | 'utf-8';

export interface Client {
  readonly encoding: Encoding;
  /** It asks for diagnostics itself. */
  readonly pulls: boolean;
  /** It can be told to ask for diagnostics again. */
  readonly refreshesDiagnostics: boolean;
  /** It can be told to ask for inlay hints again. */
  readonly refreshesHints: boolean;
  /** It answers `workspace/configuration`. */
  readonly configures: boolean;
  /** It takes a registration for changes of settings. */
  readonly registersConfiguration: boolean;
  /** It takes a registration for changes of files. */
  readonly watchesFiles: boolean;
  readonly snippets: boolean;
  readonly nestedSymbols: boolean;
  /** Edits can name the version that they are for. */
  readonly versionedEdits: boolean;
}

/** The client as its capabilities describe it; what it does not mention it can not do. */
export function clientOf({ capabilities }: InitializeParams): Client {
  const { general, textDocument, workspace } = capabilities;
  return {
    encoding: encodingOf(general?.positionEncodings),
    pulls: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    configures: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
  };
}

/** The first that both sides know; UTF-16 is what the protocol takes for granted. */
function encodingOf(offered: readonly string[] | undefined): Encoding {
  const known = offered?.find((name) => name === 'utf-16' || name === 'utf-8');
  return known === 'utf-8' ? 'utf-8' : 'utf-16';
}
