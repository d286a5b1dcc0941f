/** `textDocument/formatting`, `rangeFormatting` and `onTypeFormatting`. */
import {
  type DocumentFormattingParams,
  type DocumentOnTypeFormattingParams,
  type DocumentRangeFormattingParams,
  type FormattingOptions,
  type TextEdit,
} from './protocol.ts';
import { formatting } from '../features/formatting/format.ts';
import { onNewLine } from '../features/formatting/on-type.ts';
import { type FormatOptions, usual } from '../features/formatting/options.ts';
import { toOffset, toSpan, toTextEdits } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';
import type { Session } from './session.ts';

/** The editor's options for this document, which may come from `.editorconfig`, and our own setting. */
async function optionsFor(
  session: Session,
  uri: string,
  { tabSize, insertSpaces, insertFinalNewline }: FormattingOptions,
): Promise<FormatOptions> {
  const { keywordCase } = await session.checking(uri);
  return { ...usual, tabSize, insertSpaces, keywordCase, finalNewline: insertFinalNewline ?? true };
}

export const documentFormatting: Feature = {
  capability: { documentFormattingProvider: true },
  attach: (connection, session) => {
    connection.onDocumentFormatting(
      guarded<DocumentFormattingParams, TextEdit[]>(
        session.log,
        'textDocument/formatting',
        [],
        async ({ textDocument: { uri }, options }) => {
          // The edits are for this text, which may change while settings are read.
          const document = session.document(uri);
          const format = await optionsFor(session, uri, options);
          if (!document || session.document(uri) !== document) return [];
          return toTextEdits(document, formatting(document, format), session.client.encoding);
        },
      ),
    );
  },
};

export const rangeFormatting: Feature = {
  capability: { documentRangeFormattingProvider: true },
  attach: (connection, session) => {
    const { encoding } = session.client;
    connection.onDocumentRangeFormatting(
      guarded<DocumentRangeFormattingParams, TextEdit[]>(
        session.log,
        'textDocument/rangeFormatting',
        [],
        async ({ textDocument: { uri }, range, options }) => {
          const document = session.document(uri);
          const format = await optionsFor(session, uri, options);
          if (!document || session.document(uri) !== document) return [];
          const span = toSpan(document, range, encoding);
          return toTextEdits(document, formatting(document, format, span), encoding);
        },
      ),
    );
  },
};

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
          const edits = onNewLine(document, offset, { ...usual, tabSize, insertSpaces });
          return toTextEdits(document, edits, encoding);
        },
      ),
    );
  },
};
