/** All features of the server; its capabilities are those of this list. */
import type { ServerCapabilities } from './protocol.ts';
import { actions } from './actions.ts';
import { buildFacts } from './build-facts.ts';
import type { Client } from './client.ts';
import { codeLens } from './code-lens.ts';
import { completion } from './completion.ts';
import { contextNeeds } from './context-needs.ts';
import { definition } from './definition.ts';
import { documentFormatting } from './document-formatting.ts';
import type { Feature } from './feature.ts';
import { folding } from './folding.ts';
import { highlights } from './highlights.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlay-hints.ts';
import { links } from './links.ts';
import { onTypeFormatting } from './on-type-formatting.ts';
import { pulledDiagnostics } from './pulled-diagnostics.ts';
import { pushedDiagnostics } from './pushed-diagnostics.ts';
import { rangeFormatting } from './range-formatting.ts';
import { references } from './references.ts';
import { rename } from './rename.ts';
import { selection } from './selection.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { signatureHelp } from './signature-help.ts';
import { symbols } from './symbols.ts';
import { stages } from './stages.ts';
import { synchronization } from './synchronization.ts';

const features: readonly Feature[] = [
  synchronization,
  pulledDiagnostics,
  pushedDiagnostics,
  completion,
  hover,
  signatureHelp,
  symbols,
  folding,
  selection,
  links,
  semanticTokens,
  inlayHints,
  definition,
  references,
  highlights,
  rename,
  actions,
  codeLens,
  stages,
  contextNeeds,
  buildFacts,
  documentFormatting,
  rangeFormatting,
  onTypeFormatting,
];

/** The features that a client gets. */
export function featuresFor(client: Client): readonly Feature[] {
  return features.filter(({ when }) => when === undefined || when(client));
}

export function capabilitiesOf(chosen: readonly Feature[], client: Client): ServerCapabilities {
  return chosen.reduce<ServerCapabilities>((all, { capability }) => ({ ...all, ...capability }), {
    positionEncoding: client.encoding,
  });
}
