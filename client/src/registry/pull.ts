/** Pulls an image and tells how far it is. */
import { t } from '@vscode/l10n';
import { attempt } from '../ui/attempt.ts';
import type { Tools } from '../ui/tools.ts';
import type { Suggestion } from '../ui/editor.ts';
import { referenceTrouble, withTag } from './image-reference.ts';
import { follow } from './transfer-progress.ts';

/** The name with its tag, as typed; undefined where nobody wants one. */
export async function askedReference(
  { editor, engine }: Tools,
  value?: string,
): Promise<string | undefined> {
  const typed = await editor.ask(t('Pull Image'), {
    placeholder: 'python:3.13-slim',
    ...(value !== undefined && { value }),
    prompt: t('Name of the image, with its registry where it is not Docker Hub'),
    suggestions: suggestions(engine),
    check: referenceTrouble,
    note: (text) => (withTag(text) === text.trim() ? undefined : t('Pulls {0}', withTag(text))),
  });
  return typed === undefined ? undefined : withTag(typed);
}

/** What the engine has, to be pulled anew or beside which another tag is wanted; then the official images, and their tags. */
async function suggestions(
  engine: Tools['engine'],
): Promise<(typed: string) => readonly Suggestion[]> {
  const [images, official] = await Promise.all([
    // Without an engine the pull will say so.
    engine()
      .then((connected) => connected.images())
      .catch(() => []),
    import('../explorer/carried.ts').then(({ officialNames }) => officialNames()),
  ]);
  const local = images
    .flatMap(({ tags }) => tags)
    .toSorted()
    .map((text) => ({ text, about: t('local image') }));
  const here = new Set(local.map(({ text }) => text));
  return (typed) => [...local, ...official(typed).filter(({ text }) => !here.has(text))];
}

/** With progress that can be cancelled; the engine's own platform where none is given. */
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
  await editor.during(title, (signal, report) =>
    attempt(t('{0} was not pulled', reference), () =>
      follow(engine.pull(reference, signal, platform), report),
    ),
  );
}
