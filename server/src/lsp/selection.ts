/** `textDocument/selectionRange`. */
import type { SelectionRange, SelectionRangeParams } from './protocol.ts';
import type { Document } from '../model/document.ts';
import { selection as selectionAt } from '../features/selection.ts';
import type { Encoding } from './client.ts';
import { toOffset, toRange } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';

export const selection: Feature = {
  capability: { selectionRangeProvider: true },
  attach: (connection, session) => {
    const { encoding } = session.client;
    connection.onSelectionRanges(
      guarded<SelectionRangeParams, SelectionRange[]>(
        session.log,
        'textDocument/selectionRange',
        [],
        ({ textDocument: { uri }, positions }) => {
          const document = session.document(uri);
          if (!document) return [];
          return positions.map((position) =>
            toSelectionRange(document, toOffset(document, position, encoding), encoding),
          );
        },
      ),
    );
  },
};

/** The innermost range, with its parents. */
function toSelectionRange(document: Document, offset: number, encoding: Encoding): SelectionRange {
  const spans = selectionAt(document, offset);
  const here = toRange(document, { start: offset, end: offset }, encoding);
  return (
    spans.reduceRight<SelectionRange | undefined>(
      (parent, span) => ({ range: toRange(document, span, encoding), ...(parent && { parent }) }),
      undefined,
    ) ?? { range: here }
  );
}
