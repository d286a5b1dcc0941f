/** Speaks with one client over one connection, whatever carries it. */
import type { Connection, InitializeResult } from './protocol.ts';
import { trusted, type InitializationOptions } from '../../../contract/protocol.ts';
import type { Registered } from '../lint/rule.ts';
import { translate } from '../text/translated.ts';
import { clientFiles } from './client-files.ts';
import { clientOf, type Client } from './client.ts';
import { contextOf } from './context.ts';
import { capabilitiesOf, featuresFor } from './features.ts';
import type { Feature } from './feature.ts';
import { isDisk, type Files } from './files.ts';
import { foldersOf, type Folders } from './folders.ts';
import { session } from './session.ts';
import type { FindShellCheck } from './shell-checks.ts';

export interface Doors {
  /** Absent where there is no disk, as in a browser. */
  readonly files?: Files;
  /** Asked for when `initialize` is answered; they must be there before the next message is read. */
  readonly rules: () => Promise<readonly Registered[]>;
  /** Absent where no program can be run. */
  readonly findShellCheck?: FindShellCheck;
  /** URI of the folder with the pages of the rules, a slash at its end; absent where it is not known. */
  readonly pages?: string;
  /** Ours, where it is known. */
  readonly version?: string;
}

/** Answers `initialize` with what suits the client, and from then on everything that was promised. */
export function serve(connection: Connection, doors: Doors): void {
  connection.onInitialize((params): InitializeResult => {
    const { bundle } = (params.initializationOptions ?? {}) as InitializationOptions;
    if (bundle) translate(bundle);
    const client = clientOf(params, doors.pages);
    const features = featuresFor(client);
    const folders = foldersOf(params);
    begin(connection, doors, { client, features, folders }).catch((error: unknown) => {
      connection.console.error(`The rules could not be read: ${String(error)}`);
    });
    const { version } = doors;
    return {
      capabilities: capabilitiesOf(features, client),
      serverInfo: { name: 'Drydock', ...(version !== undefined && { version }) },
    };
  });
  connection.listen();
}

const nothing: Files = { read: () => Promise.resolve(undefined) };

interface Visit {
  readonly client: Client;
  readonly features: readonly Feature[];
  readonly folders: Folders;
}

async function begin(
  connection: Connection,
  { files: own, rules, findShellCheck }: Doors,
  { client, features, folders }: Visit,
): Promise<void> {
  const files = client.reads ? clientFiles(connection, own) : (own ?? nothing);
  const visit = session({
    connection,
    client,
    files,
    folders,
    context: isDisk(files) ? contextOf(files, folders) : undefined,
    rules: await rules(),
    findShellCheck,
  });
  connection.onNotification(trusted, () => visit.trust());
  for (const feature of features) feature.attach(connection, visit);
}
