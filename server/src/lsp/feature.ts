/** The interface of every feature of the server. */
import type {
  Connection,
  Position,
  ServerCapabilities,
  TextDocumentIdentifier,
} from './protocol.ts';
import type { Document } from '../model/document.ts';
import type { Client } from './client.ts';
import { toOffset } from './convert.ts';
import type { DirectNotifications } from './direct-notifications.ts';
import type { Session } from './session.ts';

/** A capability with its handler, so that neither exists without the other. */
export interface Feature {
  readonly capability: ServerCapabilities;
  /** Whether this client gets the feature; by default all do. */
  readonly when?: (client: Client) => boolean;
  attach(connection: Connection, session: Session, direct?: DirectNotifications): void;
}

interface PlaceParams {
  readonly textDocument: TextDocumentIdentifier;
  readonly position: Position;
}

/** The answer for a position in an open document; undefined if the document is not open. */
export function at<R>(
  session: Session,
  { textDocument, position }: PlaceParams,
  answer: (document: Document, offset: number) => R,
): R | undefined {
  const document = session.document(textDocument.uri);
  return document && answer(document, toOffset(document, position, session.client.encoding));
}
