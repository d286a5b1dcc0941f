/**
 * What we need of the protocol's library, taken from it once. It is CommonJS with four hundred names: a bundle copies
 * all of them for each module that takes even one, which was a third of the time of a start.
 */
export type * from 'vscode-languageserver/node';
export {
  CodeActionTriggerKind,
  CodeLensRefreshRequest,
  CodeLensRequest,
  CompletionItemKind,
  CompletionItemTag,
  CompletionTriggerKind,
  DiagnosticSeverity,
  DiagnosticTag,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  DocumentHighlightKind,
  FoldingRangeKind,
  InsertTextFormat,
  LSPErrorCodes,
  MarkupKind,
  ResponseError,
  SignatureHelpTriggerKind,
  SymbolKind,
  TextDocumentContentChangeEvent,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
