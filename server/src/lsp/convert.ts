/** Converts offsets, edits and findings to the protocol and back, in the client's position encoding. */
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  type Position,
  type Range,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from './protocol.ts';
import type { Document } from '../model/document.ts';
import type { Finding } from '../lint/rule.ts';
import type { Edit } from '../text/edit.ts';
import { lines as linesOf, type Lines } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import type { Client, Encoding } from './client.ts';

/** What is needed to convert positions in a text. */
export interface Placed {
  readonly text: string;
  readonly lines: Lines;
}

/** The position of an offset in the client's encoding. */
export function toPosition({ text, lines }: Placed, offset: number, encoding: Encoding): Position {
  const position = lines.positionAt(offset);
  if (encoding === 'utf-16') return position;
  const start = offset - position.character;
  return { line: position.line, character: utf8Length(text.slice(start, offset)) };
}

const encoder = new TextEncoder();

/** Number of bytes in UTF-8. Browsers do not have `Buffer`. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

/** The offset of a position in the client's encoding, clamped to the text. */
export function toOffset({ text, lines }: Placed, position: Position, encoding: Encoding): number {
  if (encoding === 'utf-16') return lines.offsetAt(position);
  const start = lines.offsetAt({ line: position.line, character: 0 });
  const end = lines.offsetAt({ line: position.line, character: Number.MAX_SAFE_INTEGER });
  let offset = start;
  for (let bytes = 0; offset < end;) {
    const point = text.codePointAt(offset) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (bytes > position.character) break;
    offset += point < 0x10000 ? 1 : 2;
  }
  return offset;
}

export function toRange(placed: Placed, span: Span, encoding: Encoding): Range {
  return {
    start: toPosition(placed, span.start, encoding),
    end: toPosition(placed, span.end, encoding),
  };
}

export function toSpan(placed: Placed, range: Range, encoding: Encoding): Span {
  return {
    start: toOffset(placed, range.start, encoding),
    end: toOffset(placed, range.end, encoding),
  };
}

export function toTextEdits(
  document: Placed,
  edits: readonly Edit[],
  encoding: Encoding,
): TextEdit[] {
  return edits.map(({ span, text }) => ({
    range: toRange(document, span, encoding),
    newText: text,
  }));
}

/** Versioned edits, if the client supports them, so that it rejects them when the document has changed. */
export function toWorkspaceEdit(
  document: Placed & Pick<Document, 'uri' | 'version'>,
  edits: readonly Edit[],
  { versionedEdits, encoding }: Client,
): WorkspaceEdit {
  const changes = toTextEdits(document, edits, encoding);
  if (!versionedEdits) return { changes: { [document.uri]: changes } };
  const edit: TextDocumentEdit = {
    textDocument: { uri: document.uri, version: document.version },
    edits: changes,
  };
  return { documentChanges: [edit] };
}

export const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

const tags = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
} as const;

export function toDiagnostics(
  document: Document,
  findings: readonly Finding[],
  client: Client,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const finding of findings) diagnostics.push(toDiagnostic(document, finding, client));
  return diagnostics;
}

/** `data` identifies the fix, for clients that send the diagnostic back. */
export function toDiagnostic(
  document: Document,
  finding: Finding,
  { encoding, rulePage }: Pick<Client, 'encoding' | 'rulePage'>,
): Diagnostic {
  const { at, message, rule, severity, tag, related, elsewhere, fix } = finding;
  const page = rulePage(rule);
  return {
    range: toRange(document, at.span, encoding),
    message,
    severity: severities[severity],
    source: 'drydock',
    code: rule,
    ...(page !== undefined && { codeDescription: { href: page } }),
    data: { rule, fixable: fix !== undefined },
    ...(tag && { tags: [tags[tag]] }),
    ...((related ?? elsewhere) && {
      relatedInformation: [
        ...(related ?? []).map((other) => ({
          location: { uri: document.uri, range: toRange(document, other.at.span, encoding) },
          message: other.message,
        })),
        ...otherPlace(elsewhere, encoding),
      ],
    }),
  };
}

function otherPlace(
  elsewhere: Finding['elsewhere'],
  encoding: Encoding,
): DiagnosticRelatedInformation[] {
  if (elsewhere?.file.uri === undefined) return [];
  const { file, span, message } = elsewhere;
  const place = { text: file.text, lines: linesOf(file.text) };
  return [{ location: { uri: file.uri ?? '', range: toRange(place, span, encoding) }, message }];
}
