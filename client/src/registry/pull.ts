/** Pulls an image and shows the progress. */
import { t } from '@vscode/l10n';
import { attempt } from '../ui/attempt.ts';
import type { Tools } from '../ui/tools.ts';
import type { Suggestion } from '../ui/editor.ts';
import { referenceError, withTag } from './image-reference.ts';
import { reportTransfer } from './transfer-progress.ts';

/** Asks for an image reference; adds the default tag. Undefined if the user cancels. */
export async function askReference(
  { editor, engine }: Tools,
  value?: string,
): Promise<string | undefined> {
  const typed = await editor.ask(t('Pull Image'), {
    placeholder: 'python:3.13-slim',
    ...(value !== undefined && { value }),
    prompt: t('Image name, with its registry if it is not on Docker Hub'),
    suggestions: createSuggestions(engine),
    check: referenceError,
    note: (text) => (withTag(text) === text.trim() ? undefined : t('Pulls {0}', withTag(text))),
  });
  return typed === undefined ? undefined : withTag(typed);
}

/** Suggests local images, then the official images and their tags. */
async function createSuggestions(
  engine: Tools['engine'],
): Promise<(typed: string) => readonly Suggestion[]> {
  const [images, official] = await Promise.all([
    // Without an engine there are no local images; the pull then reports the missing connection.
    engine()
      .then((connected) => connected.images())
      .catch(() => []),
    import('../explorer/bundled-images.ts').then(({ officialNames }) => officialNames()),
  ]);
  const local = images
    .flatMap(({ tags }) => tags)
    .toSorted()
    .map((text) => ({ text, description: t('local image') }));
  const localNames = new Set(local.map(({ text }) => text));
  return (typed) => [...local, ...official(typed).filter(({ text }) => !localNames.has(text))];
}

/** Pulls an image with progress that can be cancelled, for the platform of the engine unless another is given. */
export async function pull(
  { engine: connected, editor }: Tools,
  reference: string,
  platform?: string,
): Promise<void> {
  const engine = await connected();
  const title =
    platform === undefined
      ? t('Pulling {0}', reference)
      : t('Pulling {0} for {1}', reference, platform);
  await editor.withProgress(title, (signal, report) =>
    attempt(t('Could not pull {0}', reference), () =>
      reportTransfer(engine.pull(reference, signal, platform), report),
    ),
  );
}
