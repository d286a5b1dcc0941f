/** Findings as diagnostics for clients that pull them. */
import {
  DocumentDiagnosticReportKind,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
} from './protocol.ts';
import { toDiagnostics } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';
import { ignoreDiagnostics } from './ignore-answers.ts';

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
          const ignoring = await session.ignoreFiles.check(uri);
          const ignoreFile = session.ignoreFiles.document(uri);
          if (ignoring && ignoreFile)
            return {
              kind: DocumentDiagnosticReportKind.Full,
              resultId: ignoring.id,
              items: ignoreDiagnostics(ignoreFile, ignoring.problems, session.client),
            };
          const checked = await session.check(uri);
          const document = session.document(uri);
          if (!checked || !document) return empty;
          const { id } = checked;
          return id === previousResultId
            ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id }
            : {
                kind: DocumentDiagnosticReportKind.Full,
                resultId: id,
                items: toDiagnostics(document, checked.findings, session.client),
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
    session.listen({
      reconfigured: refresh,
      rechecked: refresh,
      ignoreFileFound: refresh,
    });
  },
};
