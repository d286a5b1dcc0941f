import { t } from '@vscode/l10n';
import { EngineError, isEngineError } from '../../engine/errors.ts';
import type { SearchResult } from '../../engine/objects.ts';
import { joinDetails } from '../../ui/format.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import type { Tools } from '../../ui/tools.ts';
import type { Choice } from '../../ui/editor.ts';
import { askReference, pull } from '../../registry/pull.ts';

export default command({
  title: 'Search Docker Hub…',
  icon: 'search',
  titleMenu: { on: ['images'], group: '2_make' },
  async run(_, tools) {
    const term = await tools.editor.ask(t('Search Docker Hub'), {
      prompt: t('Search terms, which are sent to Docker Hub'),
      check: (text) => (text.trim() === '' ? t('Enter a search term.') : undefined),
    });
    if (term === undefined) return;
    const found = await search(tools, term.trim());
    if (found.length === 0) {
      await tools.editor.showInformation(t('No images found for {0} on Docker Hub.', term.trim()));
      return;
    }
    const name = await tools.editor.pick(t('Images on Docker Hub'), found.map(choiceOf));
    if (name === undefined) return;
    // Search results do not include tags.
    const reference = await askReference(tools, `${name}:latest`);
    if (reference !== undefined) await pull(tools, reference);
  },
});

function search({ engine, editor }: Tools, term: string): Promise<readonly SearchResult[]> {
  return editor.withWindowProgress(t('Searching Docker Hub'), () =>
    attempt(t('Could not search Docker Hub'), async () => {
      try {
        return await (await engine()).search(term);
      } catch (error) {
        throw isEngineError(error) ? explainError(error) : error;
      }
    }),
  );
}

/** Replaces errors of the engine's network library with plain messages. */
function explainError(error: EngineError): EngineError {
  const unreachable = /dial tcp|no such host|network is unreachable|timeout|deadline exceeded/i;
  if (unreachable.test(error.message)) {
    const fact = t('the engine cannot reach it; it may be offline or require a proxy');
    return new EngineError(error.kind, fact, error);
  }
  if (/\b429\b|too many requests/i.test(error.message)) {
    return new EngineError(error.kind, t('too many requests from this address'), error);
  }
  return error;
}

function choiceOf({ name, description, stars, official }: SearchResult): Choice<string> {
  return {
    label: name,
    description: joinDetails(
      official ? t('official') : undefined,
      stars === 1 ? t('1 star') : t('{0} stars', stars),
    ),
    detail: description,
    ...(official && { icon: 'verified' }),
    value: name,
  };
}
