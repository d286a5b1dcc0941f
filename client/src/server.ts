/** Starts the language client; loaded when the first Dockerfile is opened. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import {
  contextNeeds,
  buildFacts,
  explainRule,
  imageDigest,
  localImages as localImagesRequest,
  stageGraph,
  trusted,
  type ContextNeeds,
  type ContextNeedsParams,
  type BuildFacts,
  type BuildFactsParams,
  type ImageDigestParams,
  type InitializationOptions,
  type LocalImagesParams,
  type StageGraph,
  type StageGraphParams,
} from '../../contract/protocol.ts';
import { translationBundle } from './vscode/translations.ts';
import { documentSelector } from './manifest.ts';
import { serveFiles } from './vscode/file-access.ts';
import type { Image } from './engine/engine.ts';
import { imageNames } from './engine/image-names.ts';

export interface ServerOptions {
  /** The absolute path of the server's bundle. */
  readonly module: string;
  /** Images of the engine if it is connected. */
  readonly localImages: () => Promise<readonly Image[]>;
}

/** The running client; disposing it stops the server. */
export interface LanguageServer {
  dispose(): void;
  /** The stages of an open Dockerfile; undefined if it has none. */
  stageGraph(path: string): Promise<StageGraph | undefined>;
  /** What the instructions of a Dockerfile with this text read from its build context. */
  contextNeeds(path: string, text: string): Promise<ContextNeeds>;
  /** What a build of a Dockerfile can be given; of the open document if there is one, otherwise of the text. */
  buildFacts(path: string, text: string): Promise<BuildFacts | undefined>;
}

/**
 * By default, V8 lets the young generation grow to three times 16 MB. The server's objects are short-lived: with 4 MB it
 * needs a quarter less memory and is not slower. Most of its functions run some hundred times in a session, which is too
 * seldom for V8 to compile them by default: compiling them at once makes opening and typing 5 to 8 % faster.
 * Regular expressions are compiled at their first use, and not interpreted first, which makes opening about 2 % faster.
 * Node.js refuses flags that its V8 does not have, so only those can be used that all versions have.
 */
const execArgv = ['--max-semi-space-size=4', '--always-sparkplug', '--no-regexp-tier-up'];

/** Starts the client, and with it the server. */
export async function startServer({ module, localImages }: ServerOptions): Promise<LanguageServer> {
  const run = { module, transport: TransportKind.ipc, options: { execArgv } };
  const initializationOptions: InitializationOptions = {
    locale: vscode.env.language,
    builds: vscode.workspace.isTrusted ? 'now' : 'later',
    explains: true,
    reads: true,
    ...translationBundle(),
  };
  const client = new LanguageClient(
    'drydock',
    'Drydock Language Server',
    { run, debug: { ...run, options: { execArgv: [...execArgv, '--nolazy', '--inspect=6009'] } } },
    {
      documentSelector: [...documentSelector],
      initializationOptions,
      // Links to the pages of rules run a command, and no other command may be run by a hover.
      markdown: { isTrusted: { enabledCommands: [explainRule] } },
      middleware: {
        provideCodeLenses: async (document, token, next) =>
          (await next(document, token))?.map(withUri),
      },
    },
  );
  serveFiles(client);
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
    contextNeeds: (path, text) => {
      const uri = client.code2ProtocolConverter.asUri(vscode.Uri.file(path));
      const params: ContextNeedsParams = { uri, text };
      return client.sendRequest<ContextNeeds>(contextNeeds, params);
    },
    buildFacts: async (path, text) => {
      const uri = client.code2ProtocolConverter.asUri(vscode.Uri.file(path));
      const params: BuildFactsParams = { uri, text };
      return (await client.sendRequest<BuildFacts | null>(buildFacts, params)) ?? undefined;
    },
    dispose: () => {
      trust.dispose();
      void client.stop();
    },
  };
}

/** The protocol passes URIs as strings; commands expect `vscode.Uri`. */
function withUri(lens: vscode.CodeLens): vscode.CodeLens {
  const [uri, ...others] = (lens.command?.arguments ?? []) as readonly unknown[];
  if (!lens.command || typeof uri !== 'string') return lens;
  const command = { ...lens.command, arguments: [vscode.Uri.parse(uri, true), ...others] };
  return new vscode.CodeLens(lens.range, command);
}

/** The repository digest of an image; null for images that were built locally. */
function digestOf(name: string, images: readonly Image[]): string | null {
  const repository = name.slice(0, name.lastIndexOf(':'));
  const image = images.find(({ tags }) => tags.includes(name));
  const known = image?.digests.find((digest) => digest.startsWith(`${repository}@`));
  return known?.slice(repository.length + 1) ?? null;
}
