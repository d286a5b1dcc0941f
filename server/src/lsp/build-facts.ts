/** The request of the extension for what a build of a Dockerfile can be given. */
import {
  buildFacts as buildFactsRequest,
  type BuildFacts,
  type BuildFactsParams,
} from '../../../contract/protocol.ts';
import { buildInputs } from '../features/build-facts.ts';
import { document as documentOf, type Document } from '../model/document.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';

export const buildFacts: Feature = {
  capability: {},
  attach: (connection, session) => {
    connection.onRequest(
      buildFactsRequest,
      guarded<BuildFactsParams, BuildFacts | null>(
        session.log,
        buildFactsRequest,
        null,
        ({ uri, text }) => {
          const open = session.document(uri);
          if (open === undefined && text === undefined) return null;
          return factsOf(open ?? documentOf(uri, text ?? ''));
        },
      ),
    );
  },
};

function factsOf(document: Document): BuildFacts {
  const { stages, arguments: declared, secrets, ssh } = buildInputs(document);
  const placed = <T extends { readonly offset: number }>({ offset, ...facts }: T) => ({
    ...facts,
    line: document.lines.positionAt(offset).line,
  });
  return {
    stages: stages.map(placed),
    arguments: declared.map(placed),
    secrets: secrets.map(placed),
    ssh: ssh.map(placed),
  };
}
