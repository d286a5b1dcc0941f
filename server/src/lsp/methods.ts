/** The methods that a client calls, by the names that the library for language servers gives to their handlers. */
export const requests = {
  onCodeAction: 'textDocument/codeAction',
  onCodeLens: 'textDocument/codeLens',
  onCompletion: 'textDocument/completion',
  onCompletionResolve: 'completionItem/resolve',
  onDefinition: 'textDocument/definition',
  onDocumentFormatting: 'textDocument/formatting',
  onDocumentHighlight: 'textDocument/documentHighlight',
  onDocumentLinks: 'textDocument/documentLink',
  onDocumentOnTypeFormatting: 'textDocument/onTypeFormatting',
  onDocumentRangeFormatting: 'textDocument/rangeFormatting',
  onDocumentSymbol: 'textDocument/documentSymbol',
  onFoldingRanges: 'textDocument/foldingRange',
  onHover: 'textDocument/hover',
  onPrepareRename: 'textDocument/prepareRename',
  onReferences: 'textDocument/references',
  onRenameRequest: 'textDocument/rename',
  onSelectionRanges: 'textDocument/selectionRange',
  onSignatureHelp: 'textDocument/signatureHelp',
} as const;

export const notifications = {
  onDidChangeConfiguration: 'workspace/didChangeConfiguration',
  onDidChangeTextDocument: 'textDocument/didChange',
  onDidChangeWatchedFiles: 'workspace/didChangeWatchedFiles',
  onDidCloseTextDocument: 'textDocument/didClose',
  onDidOpenTextDocument: 'textDocument/didOpen',
  onInitialized: 'initialized',
} as const;
