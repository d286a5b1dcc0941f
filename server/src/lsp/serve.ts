/** Speaks with one client over one connection, whatever carries it. */
import * as l10n from '@vscode/l10n';
import type { Connection, InitializeResult } from 'vscode-languageserver/node';
import type { InitializationOptions } from '../../../contract/protocol.ts';
import type { Registered } from '../lint/rule.ts';
import { clientOf } from './client.ts';
import { capabilitiesOf, featuresFor } from './features.ts';
import type { Files } from './files.ts';
import { session } from './session.ts';

export interface Doors {
  readonly files: Files;
  readonly rules: readonly Registered[];
  /** Ours, where it is known. */
  readonly version?: string;
}

/** Answers `initialize` with what suits the client, and from then on everything that was promised. */
export function serve(connection: Connection, { files, rules, version }: Doors): void {
  connection.onInitialize((params): InitializeResult => {
    const { bundle } = (params.initializationOptions ?? {}) as InitializationOptions;
    if (bundle) l10n.config({ contents: { ...bundle } });
    const client = clientOf(params);
    const visit = session({ connection, client, files, rules });
    const features = featuresFor(client);
    for (const feature of features) feature.attach(connection, visit);
    return {
      capabilities: capabilitiesOf(features, client),
      serverInfo: { name: 'Drydock', ...(version !== undefined && { version }) },
    };
  });
  connection.listen();
}
