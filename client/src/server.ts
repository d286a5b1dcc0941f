/** Starts the language client; loaded with the first Dockerfile. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import {
  explainRule,
  imageDigest,
  localImages as localImagesRequest,
  stageGraph,
  trusted,
  type ImageDigestParams,
  type InitializationOptions,
  type LocalImagesParams,
  type StageGraph,
  type StageGraphParams,
} from '../../contract/protocol.ts';
import { catalogue } from './vscode/translations.ts';
import { readFor } from './vscode/file-access.ts';
import type { Image } from './engine/engine.ts';
import { imageNames } from './engine/image-names.ts';

export interface ServerOptions {
  /** The server's bundle, absolute. */
  readonly module: string;
  /** Images of the engine if we speak with one. */
  readonly localImages: () => Promise<readonly Image[]>;
}

/** The running client; stops its server when disposed of. */
export interface LanguageServer {
  dispose(): void;
  /** The stages of an open Dockerfile; undefined where there are none. */
  stageGraph(path: string): Promise<StageGraph | undefined>;
}

/**
 * V8 lets the young half of the heap grow to three times 16 MB before it collects it more often. The server's garbage is
 * gone after a keystroke: with 4 MB it needs a quarter less memory and is no slower.
 */
const execArgv = ['--max-semi-space-size=4'];

/** Starts the client, and with it the server. */
export async function startServer({ module, localImages }: ServerOptions): Promise<LanguageServer> {
  const run = { module, transport: TransportKind.ipc, options: { execArgv } };
  const initializationOptions: InitializationOptions = {
    locale: vscode.env.language,
    builds: vscode.workspace.isTrusted ? 'now' : 'later',
    explains: true,
    reads: true,
    ...catalogue(),
  };
  const client = new LanguageClient(
    'drydock',
    'Drydock Language Server',
    { run, debug: { ...run, options: { execArgv: [...execArgv, '--nolazy', '--inspect=6009'] } } },
    {
      documentSelector: [{ language: 'dockerfile' }],
      initializationOptions,
      // Links to the pages of rules run a command, and no other command may be run by a hover.
      markdown: { isTrusted: { enabledCommands: [explainRule] } },
      middleware: {
        provideCodeLenses: async (document, token, next) =>
          (await next(document, token))?.map(withUri),
      },
    },
  );
  readFor(client);
  const names = imageNames(localImages);
  client.onRequest(localImagesRequest, ({ prefix }: LocalImagesParams) => names.search(prefix));
  client.onRequest(imageDigest, async ({ name }: ImageDigestParams) =>
    digestOf(name, await localImages().catch(() => [])),
  );
  await client.start();
  const trust = vscode.workspace.onDidGrantWorkspaceTrust(() => client.sendNotification(trusted));
  return {
    stageGraph: async (path) => {
      const uri = client.code2ProtocolConverter.asUri(vscode.Uri.file(path));
      const params: StageGraphParams = { uri };
      return (await client.sendRequest<StageGraph | null>(stageGraph, params)) ?? undefined;
    },
    dispose: () => {
      trust.dispose();
      void client.stop();
    },
  };
}

/** The protocol knows addresses as texts; commands are given those of the editor. */
function withUri(lens: vscode.CodeLens): vscode.CodeLens {
  const [uri, ...others] = (lens.command?.arguments ?? []) as readonly unknown[];
  if (!lens.command || typeof uri !== 'string') return lens;
  const command = { ...lens.command, arguments: [vscode.Uri.parse(uri, true), ...others] };
  return new vscode.CodeLens(lens.range, command);
}

/** What a registry calls it; null for what was built here. */
function digestOf(name: string, images: readonly Image[]): string | null {
  const repository = name.slice(0, name.lastIndexOf(':'));
  const image = images.find(({ tags }) => tags.includes(name));
  const known = image?.digests.find((digest) => digest.startsWith(`${repository}@`));
  return known?.slice(repository.length + 1) ?? null;
}
