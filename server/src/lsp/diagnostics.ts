/** Findings as diagnostics: pulled by clients that support it, pushed to all others. */
import {
  DocumentDiagnosticReportKind,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
} from './protocol.ts';
import type { Document } from '../document.ts';
import { toDiagnostic } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';
import type { Checked } from './checks.ts';
import type { Session } from './session.ts';

/** `textDocument/diagnostic`; the answer is `unchanged` if nothing has changed. */
export const pulledDiagnostics: Feature = {
  capability: {
    diagnosticProvider: {
      identifier: 'drydock',
      interFileDependencies: false,
      workspaceDiagnostics: false,
    },
  },
  when: ({ pulls }) => pulls,
  attach: (connection, session) => {
    const empty: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
    connection.languages.diagnostics.on(
      guarded<DocumentDiagnosticParams, DocumentDiagnosticReport>(
        session.log,
        'textDocument/diagnostic',
        empty,
        async ({ textDocument: { uri }, previousResultId }) => {
          const checked = await session.check(uri);
          const document = session.document(uri);
          if (!checked || !document) return empty;
          const { id } = checked;
          return id === previousResultId
            ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id }
            : {
                kind: DocumentDiagnosticReportKind.Full,
                resultId: id,
                items: diagnosticsOf(session, document, checked),
              };
        },
      ),
    );
    const refresh = (): void => {
      if (!session.client.refreshesDiagnostics) return;
      connection.languages.diagnostics.refresh().catch((error: unknown) => {
        session.log('workspace/diagnostic/refresh failed', error);
      });
    };
    session.listen({ reconfigured: refresh, rechecked: refresh });
  },
};

/** `textDocument/publishDiagnostics` after every change. */
export const pushedDiagnostics: Feature = {
  capability: {},
  when: ({ pulls }) => !pulls,
  attach: (connection, session) => {
    const publish = async ({ uri, version }: Document): Promise<void> => {
      const checked = await session.check(uri);
      const document = session.document(uri);
      // A newer version is published separately.
      if (!checked || document?.version !== version) return;
      await connection.sendDiagnostics({
        uri,
        version,
        diagnostics: diagnosticsOf(session, document, checked),
      });
    };
    const publishOrLog = (document: Document): void => {
      publish(document).catch((error: unknown) =>
        session.log('textDocument/publishDiagnostics failed', error),
      );
    };
    session.listen({
      changed: publishOrLog,
      rechecked: publishOrLog,
      closed: (uri) => void connection.sendDiagnostics({ uri, diagnostics: [] }),
      reconfigured: () => {
        for (const document of session.documents) publishOrLog(document);
      },
    });
  },
};

function diagnosticsOf(session: Session, document: Document, { findings }: Checked): Diagnostic[] {
  return findings.map((finding) => toDiagnostic(document, finding, session.client));
}
