import { describe, expect, onTestFinished, test } from 'vitest';
import {
  CodeLensRefreshRequest,
  CodeLensRequest,
  ConfigurationRequest,
  DidChangeConfigurationNotification,
  DocumentDiagnosticRequest,
  InitializeRequest,
  InitializedNotification,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
  createProtocolConnection,
  type ClientCapabilities,
  type InitializeParams,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { trusted, type InitializationOptions } from '../../../contract/protocol.ts';
import { serving, session } from '../../../test/lsp-session.ts';

const uri = 'file:///a/Dockerfile';

interface Lensed {
  readonly connection: ProtocolConnection;
  readonly registered: string[];
  readonly next: () => Promise<void>;
}

/** A client with the build commands; `next` resolves on the next notification. */
async function lensed(builds: InitializationOptions['builds'], on: () => boolean): Promise<Lensed> {
  const { up, down } = serving();
  const connection = createProtocolConnection(
    new StreamMessageReader(down),
    new StreamMessageWriter(up),
  );
  onTestFinished(() => connection.dispose());
  const registered: string[] = [];
  let notify: () => void = () => undefined;
  connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
    registered.push(...registrations.map(({ method }) => method));
    if (registrations.some(({ method }) => method.endsWith('codeLens'))) notify();
  });
  connection.onRequest(CodeLensRefreshRequest.type, () => notify());
  connection.onRequest(ConfigurationRequest.type, () => [{ lenses: { stages: on() } }]);
  connection.listen();
  const capabilities: ClientCapabilities = {
    textDocument: { codeLens: { dynamicRegistration: true } },
    workspace: { configuration: true, codeLens: { refreshSupport: true } },
  };
  const params = { processId: null, capabilities, initializationOptions: { builds } };
  const next = () => new Promise<void>((done) => (notify = done));
  const notified = next();
  await connection.sendRequest(InitializeRequest.type, params as unknown as InitializeParams);
  await connection.sendNotification(InitializedNotification.type, {});
  if (builds === 'now') await notified;
  return { connection, registered, next };
}

describe('lenses', () => {
  const text = 'FROM a AS one\nFROM b\n';
  const ask = async ({ connection }: Lensed): Promise<unknown> => {
    const answer = await connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
    return answer?.map(({ command }) => [command?.title, command?.command, command?.arguments]);
  };
  const open = ({ connection }: Lensed): Promise<void> =>
    connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'dockerfile', version: 1, text },
    });
  test('are shown above stages, unless the setting disables them', async () => {
    let on = true;
    const one = await lensed('now', () => on);
    expect(one.registered).toEqual(['textDocument/codeLens']);
    await open(one);
    expect(await ask(one)).toEqual([
      ['Build this stage', 'drydock.dockerfile.build', [uri, { stage: 'one' }]],
      ['Build', 'drydock.dockerfile.build', [uri]],
      ['Run', 'drydock.dockerfile.run', [uri]],
    ]);
    on = false;
    const notified = one.next();
    await one.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: null,
    });
    await notified;
    expect(await ask(one)).toEqual([]);
  });
  test('are registered when the workspace is trusted', async () => {
    const one = await lensed('later', () => true);
    await open(one);
    await one.connection
      .sendRequest(DocumentDiagnosticRequest.method, {
        textDocument: { uri },
      })
      .catch(() => undefined);
    expect(one.registered).toEqual([]);
    const notified = one.next();
    await one.connection.sendNotification(trusted);
    await notified;
    expect(one.registered).toEqual(['textDocument/codeLens']);
  });
  test('are not registered for clients without the commands', async () => {
    const one = await session({
      capabilities: { textDocument: { codeLens: { dynamicRegistration: true } } },
    });
    expect(one.initialized.capabilities.codeLensProvider).toBeUndefined();
  });
});
