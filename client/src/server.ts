/** Starts the language client; loaded with the first Dockerfile. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import {
  localImages as localImagesRequest,
  type InitializationOptions,
  type LocalImagesParams,
} from '../../contract/protocol.ts';
import type { Image } from './engine/engine.ts';

export interface ServerOptions {
  /** The server's bundle, absolute. */
  readonly module: string;
  /** Images of the engine if we speak with one. */
  readonly localImages: () => Promise<readonly Image[]>;
}

/** The running client; stops its server when disposed of. */
export async function startServer({
  module,
  localImages,
}: ServerOptions): Promise<vscode.Disposable> {
  const run = { module, transport: TransportKind.ipc };
  const initializationOptions: InitializationOptions = {
    locale: vscode.env.language,
    ...bundle(),
  };
  const client = new LanguageClient(
    'drydock',
    'Drydock Language Server',
    { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } } },
    {
      documentSelector: [{ language: 'dockerfile' }],
      initializationOptions,
    },
  );
  client.onRequest(localImagesRequest, async ({ prefix }: LocalImagesParams) => {
    const images = await localImages().catch(() => []);
    return images.flatMap(({ tags }) => tags.filter((tag) => tag.startsWith(prefix)));
  });
  await client.start();
  return new vscode.Disposable(() => void client.stop());
}

/** The catalogue of the window's language: English text → translated text. */
function bundle(): Pick<InitializationOptions, 'bundle'> {
  if (vscode.l10n.bundle === undefined) return {};
  const entries = Object.entries(vscode.l10n.bundle).map(([text, translated]): [string, string] => [
    text,
    typeof translated === 'string' ? translated : String(translated),
  ]);
  return { bundle: Object.fromEntries(entries) };
}
