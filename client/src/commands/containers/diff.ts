import { t } from '@vscode/l10n';
import type { Change } from '../../engine/objects.ts';
import { attempt, each } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Show Changed Files in Container',
  shortTitle: 'Show Changed Files',
  icon: 'diff',
  on: 'container',
  group: '1_open',
  async run(containers, { engine: connected, editor }) {
    const engine = await connected();
    await each(containers, ({ id, name, image }) =>
      attempt(t('What differs in {0} is not known', name), async () => {
        const changes = await engine.changes(id);
        const file = `${t('Changed files in {0}', name)}.diff`;
        await editor.show(file, textOf(changes, image), 'diff');
      }),
    );
  },
});

/** Signs that the language of differences colours: added, deleted, changed. */
const signs = { added: '+', deleted: '-', changed: '!' } as const;

function textOf(changes: readonly Change[], image: string): string {
  if (changes.length === 0) return `# ${t('Nothing differs from {0}.', image)}\n`;
  const count = (wanted: Change['kind']): number =>
    changes.filter(({ kind }) => kind === wanted).length;
  const sum = t(
    '{0} added, {1} changed, {2} deleted since it was made of {3}. Volumes are not part of it.',
    ...[count('added'), count('changed'), count('deleted'), image],
  );
  const lines = [...changes]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    // A name may hold a line end.
    .map(({ kind, path }) => `${signs[kind]} ${path.replaceAll('\n', '\\n')}\n`);
  return `# ${sum}\n${lines.join('')}`;
}
