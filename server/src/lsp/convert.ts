/** Plain ⇄ protocol: places in the client's encoding, and the names that the protocol gives to things. */
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic, type Position, type Range, type TextDocumentEdit, type TextEdit, type WorkspaceEdit } from './protocol.ts';
import type { Document } from '../model/document.ts';
import type { Finding } from '../lint/rule.ts';
import type { Edit } from '../text/edit.ts';
import type { Lines } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import type { Client, Encoding } from './client.ts';

/** What is needed of a text to name places in it. */
export interface Placed {
  readonly text: string;
  readonly lines: Lines;
}

/** Where an offset is, in the client's units. */
export function toPosition({ text, lines }: Placed, offset: number, encoding: Encoding): Position {
  const position = lines.positionAt(offset);
  if (encoding === 'utf-16') return position;
  const start = offset - position.character;
  return { line: position.line, character: utf8Length(text.slice(start, offset)) };
}

const encoder = new TextEncoder();

/** Bytes of a text; a browser knows no Buffer. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

/** The offset of a place in the client's units; one outside the text is moved into it. */
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
  document: Document,
  edits: readonly Edit[],
  encoding: Encoding,
): TextEdit[] {
  return edits.map(({ span, text }) => ({
    range: toRange(document, span, encoding),
    newText: text,
  }));
}

/** Edits that a client refuses when the document has changed since, where it can tell. */
export function toWorkspaceEdit(
  document: Document,
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

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

const tags = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
} as const;

/** `data` says which fix belongs to it, for clients that send a diagnostic back. */
export function toDiagnostic(
  document: Document,
  finding: Finding,
  { encoding, rulePage }: Pick<Client, 'encoding' | 'rulePage'>,
): Diagnostic {
  const { at, message, rule, severity, tag, related, fix } = finding;
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
    ...(related && {
      relatedInformation: related.map((other) => ({
        location: { uri: document.uri, range: toRange(document, other.at.span, encoding) },
        message: other.message,
      })),
    }),
  };
}
