/** Serves one client over a connection of any kind. */
import type { Connection, InitializeResult } from './protocol.ts';
import { trusted, type InitializationOptions } from '../../../contract/protocol.ts';
import type { Registered } from '../lint/rule.ts';
import { setTranslations } from '../text/translation.ts';
import { clientFiles } from './client-files.ts';
import { clientOf, type Client } from './client.ts';
import { contextOf } from './context.ts';
import { capabilitiesOf, featuresFor } from './features.ts';
import type { DirectNotifications } from './direct-notifications.ts';
import type { Feature } from './feature.ts';
import { isDisk, type Files } from './files.ts';
import { foldersOf, type Folders } from './folders.ts';
import { session } from './session.ts';
import type { FindShellCheck } from './shell-checks.ts';
import { warmUp } from './warm-up.ts';

export interface Environment {
  /** Absent if there is no disk, as in a browser. */
  readonly files?: Files;
  /** Called after `initialize` is answered. The rules must be loaded before the next message is handled. */
  readonly rules: () => Promise<readonly Registered[]>;
  /** Absent if programs cannot be run. */
  readonly findShellCheck?: FindShellCheck;
  /** URI of the directory with the pages of the rules, with a slash at its end; absent if it is not known. */
  readonly pages?: string;
  /** Whether the code is to be warmed up while no message waits. */
  readonly warms?: boolean;
  /** The version of the server, if known. */
  readonly version?: string;
  /** Absent if the library reads the messages itself. */
  readonly direct?: DirectNotifications;
}

/** Answers `initialize` with the capabilities that the client supports, and then all requests. */
export function serve(connection: Connection, environment: Environment): void {
  connection.onInitialize((params): InitializeResult => {
    const { bundle } = (params.initializationOptions ?? {}) as InitializationOptions;
    if (bundle) setTranslations(bundle);
    const client = clientOf(params, environment.pages);
    const features = featuresFor(client);
    const folders = foldersOf(params);
    begin(connection, environment, { client, features, folders }).catch((error: unknown) => {
      connection.console.error(`Could not load the rules: ${String(error)}`);
    });
    const { version } = environment;
    return {
      capabilities: capabilitiesOf(features, client),
      serverInfo: { name: 'Drydock', ...(version !== undefined && { version }) },
    };
  });
  connection.listen();
}

const noFiles: Files = { read: () => undefined };

interface Start {
  readonly client: Client;
  readonly features: readonly Feature[];
  readonly folders: Folders;
}

async function begin(
  connection: Connection,
  { files: own, rules, findShellCheck, warms, direct }: Environment,
  { client, features, folders }: Start,
): Promise<void> {
  const files = client.reads ? clientFiles(connection, own) : (own ?? noFiles);
  const loaded = await rules();
  const current = session({
    connection,
    client,
    files,
    folders,
    context: isDisk(files) ? contextOf(files, folders) : undefined,
    rules: loaded,
    findShellCheck,
  });
  connection.onNotification(trusted, () => current.trust());
  for (const feature of features) feature.attach(connection, current, direct);
  if (warms === true) warmUp(loaded, client);
}
