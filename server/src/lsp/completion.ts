/** `textDocument/completion` and `completionItem/resolve`. */
import {
  CompletionTriggerKind,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
} from './protocol.ts';
import { completion as completionsAt } from '../features/completion/index.ts';
import type { Completion } from '../features/completion/item.ts';
import { markdown, toCompletions } from './completion-items.ts';
import { toOffset } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';
import { ignoreCompletions } from './ignore-answers.ts';

export const completion: Feature = {
  capability: {
    completionProvider: {
      triggerCharacters: ['$', '{', '=', ',', '-', ':', '/', '"', '#', ' '],
      resolveProvider: true,
    },
  },
  attach: (connection, session) => {
    // Clients resolve items of the list that they show, which is the last one.
    let last: readonly Completion[] = [];
    connection.onCompletion(
      guarded<CompletionParams, CompletionItem[] | CompletionList>(
        session.log,
        'textDocument/completion',
        [],
        async ({ textDocument: { uri }, position, context }) => {
          const { ignoreFiles } = session;
          const ignoring = ignoreFiles.document(uri);
          if (ignoring) return ignoreCompletions(ignoreFiles, ignoring, position, session);
          const document = session.document(uri);
          if (!document) return [];
          const offset = toOffset(document, position, session.client.encoding);
          const afterSpace =
            context?.triggerKind === CompletionTriggerKind.TriggerCharacter &&
            context.triggerCharacter === ' ';
          const { items, isIncomplete } = await completionsAt(document, offset, session.outside, {
            afterSpace,
          });
          last = items;
          return toCompletions(document, items, session.client, isIncomplete);
        },
      ),
    );
    connection.onCompletionResolve(
      guarded<CompletionItem, CompletionItem | undefined>(
        session.log,
        'completionItem/resolve',
        undefined,
        (item) => {
          const found = typeof item.data === 'number' ? last[item.data] : undefined;
          if (found?.label !== item.label || !found.markdown) return item;
          return { ...item, documentation: markdown(found.markdown()) };
        },
      ) as (item: CompletionItem) => Promise<CompletionItem>,
    );
  },
};
