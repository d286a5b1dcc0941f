/** `drydock/contextNeeds`: what the instructions of a Dockerfile read from its build context. */
import {
  contextNeeds as contextNeedsRequest,
  type ContextNeeds,
  type ContextNeedsParams,
} from '../../../contract/protocol.ts';
import { contextNeeds as needsOf } from '../model/context-needs.ts';
import { document as documentOf } from '../model/document.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';

/** Paths that identify the context among several candidates; more are not needed. */
const enoughSources = 1000;

export const contextNeeds: Feature = {
  capability: {},
  attach: (connection, session) => {
    connection.onRequest(
      contextNeedsRequest,
      guarded<ContextNeedsParams, ContextNeeds>(
        session.log,
        contextNeedsRequest,
        { sources: [], isComplete: false },
        async ({ uri, text }) => {
          const document = documentOf(uri, text);
          const { needs, isComplete } = needsOf(document.model);
          const paths = needs.map(({ source }) => source).filter(isPlain);
          const root = await session.outside.context?.root(uri, paths.slice(0, enoughSources));
          return {
            ...(root !== undefined && { root }),
            sources: needs.map(({ source, isMount, hasParents, exclude, span }) => ({
              source,
              isMount,
              ...(hasParents && { hasParents }),
              ...(exclude.length > 0 && { exclude }),
              line: document.lines.positionAt(span.start).line,
            })),
            isComplete,
          };
        },
      ),
    );
  },
};

/** Whether it names one path inside the context. */
function isPlain(source: string): boolean {
  return !/[*?[\\]|(?:^|\/)\.\.(?:\/|$)|^[./]*$/.test(source);
}
