/** The capabilities of the client, read once from `initialize`. */
import { CompletionItemTag, type InitializeParams } from './protocol.ts';
import type { InitializationOptions } from '../../../contract/protocol.ts';
import type { PageAddress } from '../lint/page.ts';
import { rulePages } from './rule-pages.ts';

export type Encoding = 'utf-16' | 'utf-8';

export interface Client {
  readonly encoding: Encoding;
  /** Requests diagnostics (`textDocument/diagnostic`). */
  readonly pulls: boolean;
  /** Supports `workspace/diagnostic/refresh`. */
  readonly refreshesDiagnostics: boolean;
  /** Supports `workspace/inlayHint/refresh`. */
  readonly refreshesHints: boolean;
  /** Supports `workspace/configuration`. */
  readonly configures: boolean;
  /** Supports dynamic registration for changed settings. */
  readonly registersConfiguration: boolean;
  /** Supports dynamic registration for changed files. */
  readonly watchesFiles: boolean;
  /** Supports watching the entries of one directory. */
  readonly watchesDirectories: boolean;
  /** Reports added and removed workspace folders. */
  readonly changesFolders: boolean;
  readonly snippets: boolean;
  /** Supports completions with an insert range and a replace range. */
  readonly replacesWords: boolean;
  /** Supports a default edit range for the items of a completion list. */
  readonly sharesEditRange: boolean;
  /** Resolves the documentation of a completion item on demand. */
  readonly resolvesDocumentation: boolean;
  /** Supports the tag `Deprecated` on completion items. */
  readonly marksEnded: boolean;
  readonly nestedSymbols: boolean;
  /** Supports edits for a version of a document. */
  readonly versionedEdits: boolean;
  /** Asks the user to confirm edits that are marked so. */
  readonly confirmsEdits: boolean;
  /** Has our commands that build images, now or once the workspace is trusted. */
  readonly builds: InitializationOptions['builds'] | undefined;
  /** Reads files and directories for the server. */
  readonly reads: boolean;
  /** Whether programs may be run for the workspace: true unless the client reports that it is not trusted. */
  readonly trusted: boolean;
  /** Supports `workspace/codeLens/refresh`. */
  readonly refreshesLenses: boolean;
  /** Has the command that opens the page of a rule. */
  readonly explains: boolean;
  /** The address that opens the page of a rule in this client. */
  readonly rulePage: PageAddress;
}

/**
 * The client according to its capabilities; a capability that is not mentioned is missing.
 *
 * @param pages URI of the directory with the pages of the rules, if known
 */
export function clientOf(
  { capabilities, initializationOptions }: InitializeParams,
  pages?: string,
): Client {
  const { general, textDocument, workspace } = capabilities;
  const { completionItem: item, completionList } = textDocument?.completion ?? {};
  const options = (initializationOptions ?? {}) as InitializationOptions;
  const { builds, reads, explains } = options;
  const registersLenses = textDocument?.codeLens?.dynamicRegistration === true;
  const { dynamicRegistration, relativePatternSupport } = workspace?.didChangeWatchedFiles ?? {};
  const watchesFiles = dynamicRegistration === true;
  return {
    encoding: encodingOf(general?.positionEncodings),
    pulls: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    configures: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles,
    watchesDirectories: watchesFiles && relativePatternSupport === true,
    changesFolders: workspace?.workspaceFolders === true,
    snippets: item?.snippetSupport === true,
    replacesWords: item?.insertReplaceSupport === true,
    sharesEditRange: completionList?.itemDefaults?.includes('editRange') === true,
    resolvesDocumentation: item?.resolveSupport?.properties.includes('documentation') === true,
    marksEnded: item?.tagSupport?.valueSet.includes(CompletionItemTag.Deprecated) === true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    confirmsEdits: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    builds: registersLenses ? builds : undefined,
    reads: reads === true,
    trusted: builds !== 'later',
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    explains: explains === true,
    rulePage: rulePages(options, pages),
  };
}

/** The first encoding that both sides support; UTF-16 is the default of the protocol. */
function encodingOf(offered: readonly string[] | undefined): Encoding {
  const known = offered?.find((name) => name === 'utf-16' || name === 'utf-8');
  return known === 'utf-8' ? 'utf-8' : 'utf-16';
}
