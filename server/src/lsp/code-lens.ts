/** `textDocument/codeLens`, for clients that have the commands and may run them. */
import {
  CodeLensRefreshRequest,
  CodeLensRequest,
  type CodeLens,
  type CodeLensParams,
} from './protocol.ts';
import { codeLenses } from '../features/code-lenses.ts';
import { toRange } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';

/** Registered once the workspace is trusted, since the commands of lenses run programs. */
export const codeLens: Feature = {
  capability: {},
  when: ({ builds }) => builds !== undefined,
  attach: (connection, session) => {
    const { client } = session;
    let registered = false;
    const register = (): void => {
      if (registered) return;
      registered = true;
      connection.client
        .register(CodeLensRequest.type, {
          documentSelector: [{ language: 'dockerfile', scheme: 'file' }],
        })
        .catch((error: unknown) => session.log('registration failed', error));
    };
    session.listen({
      initialized: () => {
        if (client.builds === 'now') register();
      },
      trusted: register,
      reconfigured: () => {
        if (!registered || !client.refreshesLenses) return;
        connection.sendRequest(CodeLensRefreshRequest.type).catch((error: unknown) => {
          session.log('workspace/codeLens/refresh failed', error);
        });
      },
    });
    connection.onCodeLens(
      guarded<CodeLensParams, CodeLens[]>(
        session.log,
        'textDocument/codeLens',
        [],
        async ({ textDocument: { uri } }) => {
          const { lenses } = await session.checking(uri);
          const document = session.document(uri);
          if (!document || !lenses) return [];
          return codeLenses(document).map(({ span, title, action, stage }) => ({
            range: toRange(document, span, client.encoding),
            command: {
              title,
              command: `drydock.dockerfile.${action}`,
              arguments: [uri, ...(stage === undefined ? [] : [{ stage }])],
            },
          }));
        },
      ),
    );
  },
};
