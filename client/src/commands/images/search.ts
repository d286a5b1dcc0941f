import { t } from '@vscode/l10n';
import { EngineError, isEngineError } from '../../engine/errors.ts';
import type { FoundImage } from '../../engine/objects.ts';
import { joined } from '../../ui/format.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import type { Tools } from '../../ui/tools.ts';
import type { Choice } from '../../ui/editor.ts';
import { askedReference, pull } from '../../registry/pull.ts';

export default command({
  title: 'Search Docker Hub…',
  icon: 'search',
  titleMenu: { on: ['images'], group: '2_make' },
  async run(_, tools) {
    const words = await tools.editor.ask(t('Search Docker Hub'), {
      prompt: t('Words of a name or a description; they are sent to Docker Hub'),
      check: (text) => (text.trim() === '' ? t('Type what to look for.') : undefined),
    });
    if (words === undefined) return;
    const found = await search(tools, words.trim());
    if (found.length === 0) {
      await tools.editor.tell(t('Docker Hub has nothing for {0}.', words.trim()));
      return;
    }
    const name = await tools.editor.pick(t('Images on Docker Hub'), found.map(choiceOf));
    if (name === undefined) return;
    // The search knows no tags.
    const reference = await askedReference(tools, `${name}:latest`);
    if (reference !== undefined) await pull(tools, reference);
  },
});

function search({ engine, editor }: Tools, words: string): Promise<readonly FoundImage[]> {
  return editor.meanwhile(t('Searching Docker Hub'), () =>
    attempt(t('Docker Hub was not searched'), async () => {
      try {
        return await (await engine()).search(words);
      } catch (error) {
        throw isEngineError(error) ? explained(error) : error;
      }
    }),
  );
}

/** The engine tells it in the words of its libraries. */
function explained(error: EngineError): EngineError {
  const unreachable = /dial tcp|no such host|network is unreachable|timeout|deadline exceeded/i;
  if (unreachable.test(error.message)) {
    const fact = t('the engine does not reach it; it may be offline or need a proxy');
    return new EngineError(error.kind, fact, error);
  }
  if (/\b429\b|too many requests/i.test(error.message)) {
    return new EngineError(error.kind, t('too many questions came from this address'), error);
  }
  return error;
}

function choiceOf({ name, description, stars, official }: FoundImage): Choice<string> {
  return {
    label: name,
    description: joined(official ? t('official') : undefined, t('{0} stars', stars)),
    detail: description,
    ...(official && { icon: 'verified' }),
    value: name,
  };
}
