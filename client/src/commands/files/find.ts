import { t } from '@vscode/l10n';
import { displayName } from '../../engine/files/names.ts';
import type { FindResult, FoundLine } from '../../files/find.ts';
import { attempt } from '../../ui/attempt.ts';
import type { Choice, Editor } from '../../ui/editor.ts';
import { formatCount, joinDetails } from '../../ui/format.ts';
import { command } from '../command.ts';

/** The last searched text, in the workspace state. */
const queryKey = 'files.find';

export default command({
  title: 'Find in Container Files…',
  shortTitle: 'Find in Files…',
  icon: 'search',
  on: 'file',
  needs: ['folder'],
  single: true,
  group: '1_open',
  async run([directory], { files: tools, editor }) {
    if (directory === undefined) return;
    const { place, path } = directory;
    const where = `${place.name}:${displayName(path)}`;
    const text = await askText(editor, where);
    if (text === undefined) return;
    await editor.setState(queryKey, text);
    const { findInFiles } = await import('../../files/find.ts');
    const session = await tools();
    const title = t("Searching {0} for '{1}'", where, text);
    const found = await editor.withProgress(title, (signal, report) =>
      attempt(t('Could not search {0}', where), () =>
        findInFiles(session, directory, {
          text,
          signal,
          report: (searched) => report(fileCount(searched)),
        }),
      ),
    );
    const chosen = await chooseLine(editor, found, { where, text, directory: path });
    if (chosen === undefined) return;
    await editor.openResource(await session.uriPath({ place, path: chosen.path }), chosen);
  },
});

function askText(editor: Editor, where: string): Promise<string | undefined> {
  const value = editor.getState(queryKey);
  return editor.ask(t('Find in {0}', where), {
    prompt: t('Text in files; uppercase and lowercase are the same.'),
    ...(value !== undefined && { value }),
    check: (typed) => (typed === '' ? t('Enter a text') : undefined),
  });
}

async function chooseLine(
  editor: Editor,
  { lines, searched, isComplete }: FindResult,
  { where, text, directory }: { readonly where: string; readonly text: string; readonly directory: string }, // prettier-ignore
): Promise<FoundLine | undefined> {
  if (lines.length === 0) {
    void editor.showInformation(t("No file in {0} contains '{1}'. Files searched: {2}", where, text, formatCount(searched))); // prettier-ignore
    return undefined;
  }
  const files = new Set(lines.map(({ path }) => path)).size;
  const count = lines.length === 1 ? t('1 line') : t('{0} lines', formatCount(lines.length));
  const more = isComplete ? undefined : t('there are more');
  const choices = lines.map((line): Choice<FoundLine> => {
    const path = displayName(line.path.slice(directory === '/' ? 1 : directory.length + 1));
    return { label: displayName(line.text), description: `:${line.line + 1}`, heading: path, value: line }; // prettier-ignore
  });
  const title = t("'{0}' in {1}", text, where);
  return editor.pick(joinDetails(title, count, fileCount(files), more), choices);
}

function fileCount(files: number): string {
  return files === 1 ? t('1 file') : t('{0} files', formatCount(files));
}
