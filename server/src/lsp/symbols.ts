/** `textDocument/documentSymbol`, nested if the client supports that. */
import {
  SymbolKind,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SymbolInformation,
} from './protocol.ts';
import type { Document } from '../model/document.ts';
import { symbols as symbolsIn, type OutlineItem } from '../features/symbols.ts';
import type { Encoding } from './client.ts';
import { toRange } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';

export const symbols: Feature = {
  capability: { documentSymbolProvider: true },
  attach: (connection, session) => {
    const { encoding, nestedSymbols } = session.client;
    connection.onDocumentSymbol(
      guarded<DocumentSymbolParams, DocumentSymbol[] | SymbolInformation[]>(
        session.log,
        'textDocument/documentSymbol',
        [],
        ({ textDocument: { uri } }) => {
          const document = session.document(uri);
          if (!document) return [];
          const items = symbolsIn(document);
          return nestedSymbols
            ? items.map((item) => toSymbol(document, item, encoding))
            : items.flatMap((item) => toInformation(document, item, encoding));
        },
      ),
    );
  },
};

const kinds = {
  stage: SymbolKind.Class,
  instruction: SymbolKind.Function,
  variable: SymbolKind.Variable,
  property: SymbolKind.Property,
  event: SymbolKind.Event,
} as const;

function toSymbol(document: Document, item: OutlineItem, encoding: Encoding): DocumentSymbol {
  return {
    name: item.name,
    kind: kinds[item.kind],
    range: toRange(document, item.span, encoding),
    selectionRange: toRange(document, item.selection, encoding),
    ...(item.detail !== undefined && { detail: item.detail }),
    children: item.children.map((child) => toSymbol(document, child, encoding)),
  };
}

function toInformation(
  document: Document,
  item: OutlineItem,
  encoding: Encoding,
  container?: string,
): SymbolInformation[] {
  const own: SymbolInformation = {
    name: item.name,
    kind: kinds[item.kind],
    location: { uri: document.uri, range: toRange(document, item.span, encoding) },
    ...(container !== undefined && { containerName: container }),
  };
  const children = item.children.flatMap((child) =>
    toInformation(document, child, encoding, item.name),
  );
  return [own, ...children];
}
