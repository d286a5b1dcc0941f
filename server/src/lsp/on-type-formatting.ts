/** Formats while typing: after a line break. */
import type { DocumentOnTypeFormattingParams, TextEdit } from './protocol.ts';
import { onNewLine } from '../features/formatting/on-new-line.ts';
import { defaultOptions } from '../features/formatting/options.ts';
import { toOffset, toTextEdits } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';

export const onTypeFormatting: Feature = {
  capability: { documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' } },
  attach: (connection, session) => {
    const { encoding } = session.client;
    connection.onDocumentOnTypeFormatting(
      guarded<DocumentOnTypeFormattingParams, TextEdit[]>(
        session.log,
        'textDocument/onTypeFormatting',
        [],
        ({ textDocument: { uri }, position, options }) => {
          const document = session.document(uri);
          if (!document) return [];
          const { tabSize, insertSpaces } = options;
          const offset = toOffset(document, position, encoding);
          const edits = onNewLine(document, offset, { ...defaultOptions, tabSize, insertSpaces });
          return toTextEdits(document, edits, encoding);
        },
      ),
    );
  },
};
