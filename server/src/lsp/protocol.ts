/**
 * What we need of the protocol: its types, from the library for language servers, and those of its numbers and words that
 * a program has to hold. The library itself is CommonJS with everything there is: to load it took a third of a start.
 */
import type * as library from 'vscode-languageserver/node';
import type { notifications, requests } from './methods.ts';

export type * from 'vscode-languageserver/node';
export { ResponseError } from 'vscode-jsonrpc';

type Taken =
  | keyof typeof requests
  | keyof typeof notifications
  | 'listen'
  | 'onInitialize'
  | 'onNotification'
  | 'onRequest'
  | 'sendDiagnostics'
  | 'sendRequest';

/** What we take of the library's connection, with what it says of every part. */
export interface Connection extends Pick<library.Connection, Taken> {
  readonly client: { register(method: string, options: object): Promise<unknown> };
  readonly console: Pick<library.RemoteConsole, 'error' | 'warn'>;
  readonly workspace: { getConfiguration(item: library.ConfigurationItem): Promise<unknown> };
  readonly languages: {
    readonly diagnostics: Pick<library.Languages['diagnostics'], 'on' | 'refresh'>;
    readonly inlayHint: Pick<library.Languages['inlayHint'], 'on' | 'refresh'>;
    readonly semanticTokens: Pick<
      library.Languages['semanticTokens'],
      'on' | 'onDelta' | 'onRange'
    >;
    readonly callHierarchy: Pick<
      library.Languages['callHierarchy'],
      'onPrepare' | 'onIncomingCalls' | 'onOutgoingCalls'
    >;
  };
}

export type CompletionItemKind = library.CompletionItemKind;
export type SymbolKind = library.SymbolKind;

export const CodeActionTriggerKind = { Automatic: 2 } as const satisfies Partial<
  typeof library.CodeActionTriggerKind
>;
export const CompletionItemKind = {
  Function: 3,
  Field: 5,
  Variable: 6,
  Class: 7,
  Module: 9,
  Property: 10,
  Keyword: 14,
  Snippet: 15,
  File: 17,
  Reference: 18,
  Folder: 19,
  EnumMember: 20,
  Constant: 21,
  Operator: 24,
} as const satisfies Partial<typeof library.CompletionItemKind>;
export const CompletionItemTag = { Deprecated: 1 } as const satisfies Partial<
  typeof library.CompletionItemTag
>;
export const CompletionTriggerKind = { TriggerCharacter: 2 } as const satisfies Partial<
  typeof library.CompletionTriggerKind
>;
export const DiagnosticSeverity = {
  Error: 1,
  Warning: 2,
  Information: 3,
  Hint: 4,
} as const satisfies Partial<typeof library.DiagnosticSeverity>;
export const DiagnosticTag = { Unnecessary: 1, Deprecated: 2 } as const satisfies Partial<
  typeof library.DiagnosticTag
>;
export const DocumentDiagnosticReportKind = {
  Full: 'full',
  Unchanged: 'unchanged',
} as const satisfies Partial<typeof library.DocumentDiagnosticReportKind>;
export const DocumentHighlightKind = { Read: 2, Write: 3 } as const satisfies Partial<
  typeof library.DocumentHighlightKind
>;
export const FoldingRangeKind = { Comment: 'comment' } as const;
export const InsertTextFormat = { PlainText: 1, Snippet: 2 } as const satisfies Partial<
  typeof library.InsertTextFormat
>;
export const LSPErrorCodes = {
  RequestFailed: -32803,
  RequestCancelled: -32800,
} as const satisfies Partial<typeof library.LSPErrorCodes>;
export const MarkupKind = { Markdown: 'markdown' } as const satisfies Partial<
  typeof library.MarkupKind
>;
export const SignatureHelpTriggerKind = { TriggerCharacter: 2 } as const satisfies Partial<
  typeof library.SignatureHelpTriggerKind
>;
export const SymbolKind = {
  Class: 5,
  Property: 7,
  Function: 12,
  Variable: 13,
  Event: 24,
} as const satisfies Partial<typeof library.SymbolKind>;
export const TextDocumentSyncKind = { Incremental: 2 } as const satisfies Partial<
  typeof library.TextDocumentSyncKind
>;
