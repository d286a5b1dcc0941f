/** Builds an image from a Dockerfile: asks for the missing values, and starts the build. */
import { t } from '@vscode/l10n';
import { runBuild } from './run-build.ts';
import type { Files, Tools } from '../ui/tools.ts';
import type { Choice, Editor } from '../ui/editor.ts';
import { relativePath, parentDirectory, baseName } from '../ui/paths.ts';
import { referenceError, withTag } from '../registry/image-reference.ts';

export interface BuiltImage {
  readonly tag: string;
  readonly milliseconds: number;
}

/**
 * Asks for the Dockerfile, the build context and the tag, and builds. Undefined if the user cancels or no image was created.
 * `quiet` leaves out the message at the end.
 */
export async function buildImage(
  tools: Tools,
  { paths, stage }: Files,
  { quiet }: { readonly quiet?: true } = {},
): Promise<BuiltImage | undefined> {
  const { editor } = tools;
  const dockerfile = paths[0] ?? (await chooseDockerfile(editor));
  if (dockerfile === undefined) return undefined;
  const directory = await chooseContext(editor, dockerfile);
  if (directory === undefined) return undefined;
  const tag = await chooseTag(editor, dockerfile, stage);
  if (tag === undefined) return undefined;
  await editor.saveDocument(dockerfile);
  const context = { kind: 'directory', path: directory } as const;
  const request = {
    context,
    dockerfile,
    tags: [tag],
    ...(stage !== undefined && { target: stage }),
  };
  const built = await runBuild(tools, { request, title: tag, ...(quiet && { quiet }) });
  return built && { tag, milliseconds: built.milliseconds };
}

async function chooseDockerfile(editor: Editor): Promise<string | undefined> {
  const [first, ...others] = activeFirst(await editor.findDockerfiles(), editor.activeFile());
  if (first === undefined) {
    await editor.showInformation(t('No Dockerfile found in this workspace.'));
    return undefined;
  }
  if (others.length === 0) return first;
  return editor.pick(
    t('Build Image: Dockerfile'),
    [first, ...others].map((path): Choice<string> => {
      const description = relativePath(editor.workspaceFolderOf(path), parentDirectory(path));
      return { label: baseName(path), description, value: path };
    }),
  );
}

function activeFirst(paths: readonly string[], active: string | undefined): readonly string[] {
  return active !== undefined && paths.includes(active)
    ? [active, ...paths.filter((path) => path !== active)]
    : paths;
}

/** The directory of the Dockerfile, or the workspace folder that contains it. */
async function chooseContext(editor: Editor, dockerfile: string): Promise<string | undefined> {
  const own = parentDirectory(dockerfile);
  const workspaceFolder = editor.workspaceFolderOf(dockerfile);
  if (workspaceFolder === undefined || workspaceFolder === own) return own;
  const key = `build.context:${dockerfile}`;
  const last = editor.getState(key);
  const choices: readonly Choice<string>[] = [
    {
      label: relativePath(parentDirectory(workspaceFolder), own),
      detail: t('Directory of the Dockerfile'),
      value: own,
    },
    { label: baseName(workspaceFolder), detail: t('Workspace folder'), value: workspaceFolder },
  ];
  const directory = await editor.pick(
    t('Build Image: Build Context'),
    [...choices].sort((a, b) => Number(b.value === last) - Number(a.value === last)),
  );
  if (directory !== undefined) await editor.setState(key, directory);
  return directory;
}

async function chooseTag(
  editor: Editor,
  dockerfile: string,
  stage: string | undefined,
): Promise<string | undefined> {
  const key = `build.tag:${dockerfile}${stage === undefined ? '' : `#${stage}`}`;
  const typed = await editor.ask(t('Build Image: Name and Tag'), {
    value: editor.getState(key) ?? `${defaultName(dockerfile)}:${stage?.toLowerCase() ?? 'dev'}`,
    prompt: t('Name and tag of the image to build from {0}', baseName(dockerfile)),
    check: referenceError,
    note: (text) => (withTag(text) === text.trim() ? undefined : t('Builds {0}', withTag(text))),
  });
  if (typed === undefined) return undefined;
  const tag = withTag(typed);
  await editor.setState(key, tag);
  return tag;
}

/** The name of the directory, which most people use for their images. */
function defaultName(dockerfile: string): string {
  const name = baseName(parentDirectory(dockerfile))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'image' : name;
}
