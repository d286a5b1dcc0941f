/**
 * The names that the server uses from the protocol library. The library is CommonJS with four hundred names, and the bundler
 * copies all of them for each module that imports one, which took a third of the start-up time.
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
  WatchKind,
} from 'vscode-languageserver/node';
