import { t } from '@vscode/l10n';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { imageLabel, referenceTrouble, withTag } from '../../registry/image-reference.ts';

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
      prompt: t('Another name for the same image'),
      check: tagTrouble,
      note: (text) =>
        holder(text) === undefined
          ? undefined
          : t('{0} is another image now, which loses this name', withTag(text)),
    });
    if (typed === undefined) return;
    const name = withTag(typed);
    await attempt(t('{0} was not tagged', imageLabel(reference)), () => engine.tag(image.id, name));
  },
});

function tagTrouble(text: string): string | undefined {
  return text.includes('@') ? t('A name that is given has no digest.') : referenceTrouble(text);
}
