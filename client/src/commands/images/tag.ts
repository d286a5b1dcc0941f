import { t } from '@vscode/l10n';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { imageLabel, referenceError, withTag } from '../../registry/image-reference.ts';

export default command({
  title: 'Tag Image…',
  shortTitle: 'Tag…',
  icon: 'tag',
  on: 'image',
  single: true,
  group: '4_change',
  async run([reference], { engine: connected, editor }) {
    if (reference === undefined) return;
    const engine = await connected();
    const images = await engine.images();
    const { image, tag } = reference;
    const holder = (text: string) =>
      images.find(({ id, tags }) => id !== image.id && tags.includes(withTag(text)));
    const typed = await editor.ask(t('Tag {0}', imageLabel(reference)), {
      value: tag ?? '',
      prompt: t('New name and tag for the image'),
      check: tagError,
      note: (text) =>
        holder(text) === undefined
          ? undefined
          : t('{0} is a tag of another image and will be moved to this image', withTag(text)),
    });
    if (typed === undefined) return;
    const name = withTag(typed);
    await attempt(t('Could not tag {0}', imageLabel(reference)), () => engine.tag(image.id, name));
  },
});

function tagError(text: string): string | undefined {
  return text.includes('@') ? t('A tag cannot contain a digest.') : referenceError(text);
}
