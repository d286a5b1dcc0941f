/** Findings as diagnostics for clients that do not pull them. */
import type { Document } from '../model/document.ts';
import type { Checked } from './checks.ts';
import { toDiagnostics } from './convert.ts';
import type { Feature } from './feature.ts';
import type { PublishDiagnosticsParams } from './protocol.ts';
import { ignoreDiagnostics } from './ignore-answers.ts';

/** `textDocument/publishDiagnostics` after every change. */
export const pushedDiagnostics: Feature = {
  capability: {},
  when: ({ pulls }) => !pulls,
  attach: (connection, session, direct) => {
    const publish = (params: PublishDiagnosticsParams): Promise<void> =>
      direct === undefined
        ? connection.sendDiagnostics(params)
        : direct.send('textDocument/publishDiagnostics', params);
    const failed = (error: unknown): void =>
      session.log('textDocument/publishDiagnostics failed', error);
    const send = (
      { uri, version }: Document,
      checked: Checked | undefined,
    ): Promise<void> | undefined => {
      const document = session.document(uri);
      // A newer version is published separately.
      if (!checked || document?.version !== version) return undefined;
      const diagnostics = toDiagnostics(document, checked.findings, session.client);
      return publish({ uri, version, diagnostics });
    };
    // At once if the findings are.
    const publishOrLog = (document: Document): void => {
      try {
        const checking = session.check(document.uri);
        const sending =
          checking instanceof Promise
            ? checking.then((checked) => send(document, checked))
            : send(document, checking);
        sending?.catch(failed);
      } catch (error) {
        failed(error);
      }
    };
    const publishIgnoreFile = async (uri: string): Promise<void> => {
      const before = session.ignoreFiles.document(uri);
      const checked = await session.ignoreFiles.check(uri);
      const document = session.ignoreFiles.document(uri);
      if (!checked || !document || document !== before) return;
      const diagnostics = ignoreDiagnostics(document, checked.problems, session.client);
      await publish({ uri, version: document.version, diagnostics });
    };
    const publishIgnoreFileOrLog = (uri: string): void => {
      publishIgnoreFile(uri).catch(failed);
    };
    session.listen({
      changed: publishOrLog,
      ignoreFileChanged: publishIgnoreFileOrLog,
      ignoreFileFound: publishIgnoreFileOrLog,
      rechecked: publishOrLog,
      closed: (uri) => void publish({ uri, diagnostics: [] }).catch(failed),
      reconfigured: () => {
        for (const document of session.documents) publishOrLog(document);
        for (const uri of session.ignoreFiles.uris) publishIgnoreFileOrLog(uri);
      },
    });
  },
};
