/** Everything the server can do; what is not in this list it does not promise. */
import type { ServerCapabilities } from './protocol.ts';
import { acting } from './actions.ts';
import type { Client } from './client.ts';
import { lensing } from './code-lens.ts';
import { completing } from './completion.ts';
import { pulledDiagnostics, pushedDiagnostics } from './diagnostics.ts';
import type { Feature } from './feature.ts';
import { foldingRanges } from './folding.ts';
import { formattingDocuments, formattingOnType, formattingRanges } from './formatting.ts';
import { hovering } from './hover.ts';
import { defining, highlighting, referring, renaming } from './navigation.ts';
import { hinting } from './inlay-hints.ts';
import { linking } from './links.ts';
import { selecting } from './selection.ts';
import { colouring } from './semantic-tokens.ts';
import { signing } from './signature-help.ts';
import { outlining } from './symbols.ts';
import { calling } from './stages.ts';
import { synchronization } from './synchronization.ts';

const features: readonly Feature[] = [
  synchronization,
  pulledDiagnostics,
  pushedDiagnostics,
  completing,
  hovering,
  signing,
  outlining,
  foldingRanges,
  selecting,
  linking,
  colouring,
  hinting,
  defining,
  referring,
  highlighting,
  renaming,
  acting,
  lensing,
  calling,
  formattingDocuments,
  formattingRanges,
  formattingOnType,
];

/** The features that are for a client. */
export function featuresFor(client: Client): readonly Feature[] {
  return features.filter(({ when }) => when === undefined || when(client));
}

export function capabilitiesOf(chosen: readonly Feature[], client: Client): ServerCapabilities {
  return chosen.reduce<ServerCapabilities>((all, { capability }) => ({ ...all, ...capability }), {
    positionEncoding: client.encoding,
  });
}
