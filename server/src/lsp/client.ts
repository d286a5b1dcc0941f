/** What the editor at the other end can do, read once from `initialize`. */
import { CompletionItemTag, type InitializeParams } from './protocol.ts';
import type { InitializationOptions } from '../../../contract/protocol.ts';
import type { PageAddress } from '../lint/page.ts';
import { rulePages } from './rule-pages.ts';

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
  /** It tells which folders of the workspace come and go. */
  readonly changesFolders: boolean;
  readonly snippets: boolean;
  /** It can replace the whole word that a completion is taken in. */
  readonly replacesWords: boolean;
  /** It reads once for a list what its completions replace. */
  readonly sharesEditRange: boolean;
  /** It asks for the documentation of a completion when it is looked at. */
  readonly resolvesDocumentation: boolean;
  /** It shows which completions should not be taken any more. */
  readonly marksEnded: boolean;
  readonly nestedSymbols: boolean;
  /** Edits can name the version that they are for. */
  readonly versionedEdits: boolean;
  /** It has our commands that build, and runs them now or once the workspace is trusted. */
  readonly builds: InitializationOptions['builds'] | undefined;
  /** It reads files and folders for us. */
  readonly reads: boolean;
  /** Nothing else was said: programs may be run for what is opened. */
  readonly trusted: boolean;
  /** It can be told to ask for code lenses again. */
  readonly refreshesLenses: boolean;
  /** It has the command that explains a rule. */
  readonly explains: boolean;
  /** The address that opens the page of a rule in it. */
  readonly rulePage: PageAddress;
}

/**
 * The client as its capabilities describe it; a capability that it does not mention is missing.
 *
 * @param pages URI of the folder that holds the pages of the rules, where it is known
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
  return {
    encoding: encodingOf(general?.positionEncodings),
    pulls: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    configures: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    snippets: item?.snippetSupport === true,
    replacesWords: item?.insertReplaceSupport === true,
    sharesEditRange: completionList?.itemDefaults?.includes('editRange') === true,
    resolvesDocumentation: item?.resolveSupport?.properties.includes('documentation') === true,
    marksEnded: item?.tagSupport?.valueSet.includes(CompletionItemTag.Deprecated) === true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    builds: registersLenses ? builds : undefined,
    reads: reads === true,
    trusted: builds !== 'later',
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    explains: explains === true,
    rulePage: rulePages(options, pages),
  };
}

/** The first that both sides know; UTF-16 is what the protocol takes for granted. */
function encodingOf(offered: readonly string[] | undefined): Encoding {
  const known = offered?.find((name) => name === 'utf-16' || name === 'utf-8');
  return known === 'utf-8' ? 'utf-8' : 'utf-16';
}
