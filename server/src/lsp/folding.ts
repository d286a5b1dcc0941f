/** `textDocument/foldingRange`. */
import { FoldingRangeKind, type FoldingRange, type FoldingRangeParams } from './protocol.ts';
import { folding as foldingRangesOf } from '../features/folding.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';

export const folding: Feature = {
  capability: { foldingRangeProvider: true },
  attach: (connection, session) => {
    connection.onFoldingRanges(
      guarded<FoldingRangeParams, FoldingRange[]>(
        session.log,
        'textDocument/foldingRange',
        [],
        ({ textDocument: { uri } }) => {
          const document = session.document(uri);
          if (!document) return [];
          return foldingRangesOf(document).map(({ span, kind }) => ({
            startLine: document.lines.positionAt(span.start).line,
            endLine: document.lines.positionAt(span.end).line,
            ...(kind === 'comment' && { kind: FoldingRangeKind.Comment }),
          }));
        },
      ),
    );
  },
};
