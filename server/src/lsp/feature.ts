/** What every part of the protocol that we speak is made of. */
import type {
  Connection,
  Position,
  ServerCapabilities,
  TextDocumentIdentifier,
} from './protocol.ts';
import type { Document } from '../model/document.ts';
import type { Client } from './client.ts';
import { toOffset } from './convert.ts';
import type { Session } from './session.ts';

/** Capability and handler side by side, so that neither exists without the other. */
export interface Feature {
  readonly capability: ServerCapabilities;
  /** Whether it is for this client; for every one unless said. */
  readonly when?: (client: Client) => boolean;
  attach(connection: Connection, session: Session): void;
}

interface PlaceParams {
  readonly textDocument: TextDocumentIdentifier;
  readonly position: Position;
}

/** An answer for a place in an open document; undefined where the document is not open. */
export function at<R>(
  session: Session,
  { textDocument, position }: PlaceParams,
  answer: (document: Document, offset: number) => R,
): R | undefined {
  const document = session.document(textDocument.uri);
  return document && answer(document, toOffset(document, position, session.client.encoding));
}
