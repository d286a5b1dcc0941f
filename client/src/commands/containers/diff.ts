import { t } from '@vscode/l10n';
import type { Change } from '../../engine/objects.ts';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Show Changed Files in Container',
  shortTitle: 'Show Changed Files',
  icon: 'diff',
  on: 'container',
  group: '1_open',
  order: 5,
  async run(containers, { engine: connected, editor }) {
    const engine = await connected();
    await runForEach(containers, ({ id, name, image }) =>
      attempt(t('Could not list the changed files in {0}', name), async () => {
        const changes = await engine.changes(id);
        const file = `${t('Changed files in {0}', name)}.diff`;
        await editor.showDocument(file, diffText(changes, image), 'diff');
      }),
    );
  },
});

/** Line prefixes that the language `diff` colors. */
const prefixes = { added: '+', deleted: '-', changed: '!' } as const;

function diffText(changes: readonly Change[], image: string): string {
  if (changes.length === 0) return `# ${t('No changes compared with {0}.', image)}\n`;
  const count = (kind: Change['kind']): number =>
    changes.filter((change) => change.kind === kind).length;
  const summary = t(
    'Compared with {3}: {0} added, {1} changed, {2} deleted. Volumes are not included.',
    ...[count('added'), count('changed'), count('deleted'), image],
  );
  const lines = [...changes]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    // File names may contain line breaks.
    .map(({ kind, path }) => `${prefixes[kind]} ${path.replaceAll('\n', '\\n')}\n`);
  return `# ${summary}\n${lines.join('')}`;
}
