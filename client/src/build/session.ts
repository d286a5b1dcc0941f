/** Chooses what to build: the last build of a Dockerfile again, or a proposed one. */
import { readFile } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import { lineContext } from '../command-line/machine.ts';
import type { LineContext } from '../command-line/words.ts';
import { referenceError, withTag } from '../registry/image-reference.ts';
import type { Choice, Editor } from '../ui/editor.ts';
import { baseName, parentDirectory, relativePath } from '../ui/paths.ts';
import type { Files, Tools } from '../ui/tools.ts';
import { beginsAsDockerfile } from './dockerfile-text.ts';
import { openBuildForm } from './form/open.ts';
import { specOfLine } from './line.ts';
import { lastBuild, lastContext, lastDockerfile, lastTag, type BuildKey } from './memory.ts';
import { isDefaultFile, writtenFile, writtenPath } from './paths.ts';
import { propose, type Proposal } from './propose.ts';
import { contextTrouble } from './request.ts';
import { valueOf, withValues, type BuildSpec } from './spec.ts';
import { buildSpec, type BuildOrder, type BuiltImage } from './start.ts';

export type { BuiltImage };

/**
 * Repeats the last build of the Dockerfile, or asks for its tag first. Undefined if the user cancels or no image was created.
 * `quiet` leaves out the message at the end.
 */
export async function buildImage(
  tools: Tools,
  files: Files,
  options: { readonly quiet?: true } = {},
): Promise<BuiltImage | undefined> {
  const order = await orderFor(tools, files);
  return order && buildSpec(tools, { ...order, ...options });
}

/** Repeats the last build of the Dockerfile in the editor, or of the one that was built last. */
export async function buildAgain(tools: Tools, files: Files): Promise<BuiltImage | undefined> {
  const { editor } = tools;
  const last = lastDockerfile(editor);
  const active = editor.activeFile();
  const isActive = active !== undefined && (await editor.findDockerfiles()).includes(active);
  const path = files.paths[0] ?? (isActive ? active : last);
  return buildImage(tools, path === undefined ? files : { ...files, paths: [path] });
}

/** Opens the form with the last build of the Dockerfile, or with the proposed one; resolves when the form is closed. */
export async function buildWithOptions(
  tools: Tools,
  files: Files,
  built: (image: Promise<BuiltImage | undefined>) => void,
): Promise<void> {
  const key = await keyFor(tools.editor, files);
  if (key === undefined) return;
  const context = contextFor(tools.editor, key.dockerfile);
  const { spec, source } = await proposalFor(tools.editor, key, context);
  await openBuildForm(
    tools,
    {
      key,
      context,
      defaults: spec,
      spec: lastBuild(tools.editor, key, context) ?? spec,
      ...(source !== undefined && { tagSource: source }),
    },
    (order) => built(buildSpec(tools, order)),
  );
}

/** Asks whether to build a file that neither is known as a Dockerfile nor begins as one. */
export async function agreesToBuild(editor: Editor, { paths }: Files): Promise<boolean> {
  const [path] = paths;
  if (path === undefined || (await editor.findDockerfiles()).includes(path)) return true;
  const text = await readFile(path, 'utf8').catch(() => '');
  if (beginsAsDockerfile(text)) return true;
  return editor.confirm(
    t('Build {0}?', baseName(path)),
    t('It does not begin with FROM, so it may not be a Dockerfile.'),
    t('Build'),
  );
}

async function orderFor({ editor }: Tools, files: Files): Promise<BuildOrder | undefined> {
  const key = await keyFor(editor, files);
  if (key === undefined) return undefined;
  const context = contextFor(editor, key.dockerfile);
  const spec =
    lastBuild(editor, key, context) ??
    (await askFor(editor, key, { context, proposal: await proposalFor(editor, key, context) }));
  return spec && { spec, context, key };
}

async function keyFor(editor: Editor, { paths, stage }: Files): Promise<BuildKey | undefined> {
  const dockerfile = paths[0] ?? (await chooseDockerfile(editor));
  return dockerfile === undefined ? undefined : { dockerfile, stage };
}

/** The workspace folder of the Dockerfile is where the command is run. */
function contextFor(editor: Editor, dockerfile: string): LineContext {
  return lineContext(editor.workspaceFolderOf(dockerfile) ?? parentDirectory(dockerfile));
}

async function proposalFor(
  editor: Editor,
  key: BuildKey,
  { folder = '' }: LineContext,
): Promise<Proposal> {
  const { dockerfile, stage } = key;
  const others = await editor.findDockerfiles();
  const proposal = await propose(dockerfile, { folder, others, stage });
  return { ...proposal, spec: withEarlier(proposal.spec, { editor, key, folder }) };
}

/** With the tag and the context that earlier versions stored. */
function withEarlier(
  spec: BuildSpec,
  { editor, key, folder }: { editor: Editor; key: BuildKey; folder: string },
): BuildSpec {
  const [tag, context] = [lastTag(editor, key), lastContext(editor, key)];
  const tagged = tag === undefined ? spec : withValues(spec, 'tag', [tag]);
  if (context === undefined) return tagged;
  const { dockerfile } = key;
  const file = isDefaultFile(dockerfile, context) ? [] : [writtenFile(folder, dockerfile)];
  return { ...withValues(tagged, 'file', file), context: writtenPath(folder, context) };
}

/** One question that Enter answers: the tag, or a whole command. Undefined if the user cancels. */
async function askFor(
  editor: Editor,
  { dockerfile }: BuildKey,
  { context, proposal: { spec, source } }: { context: LineContext; proposal: Proposal },
): Promise<BuildSpec | undefined> {
  const folder = context.folder ?? '';
  const place = t('Build context: {0}.', spec.context === '.' ? baseName(folder) : spec.context);
  const proposed = source === undefined ? undefined : t('Proposed by {0}.', source);
  const typed = await editor.ask(t('Build Image: Name and Tag'), {
    value: valueOf(spec, 'tag') ?? '',
    prompt: [
      t('Name and tag of the image to build from {0}.', writtenFile(folder, dockerfile)),
      place,
      proposed,
      t('A docker build command is accepted, too.'),
    ]
      .filter((part) => part !== undefined)
      .join(' '),
    check: (text) => (isCommand(text) ? commandError(text, context) : referenceError(text)),
    note: (text) =>
      isCommand(text) || withTag(text) === text.trim() ? undefined : t('Builds {0}', withTag(text)),
  });
  if (typed === undefined) return undefined;
  return isCommand(typed)
    ? specOfLine(typed, context).spec
    : withValues(spec, 'tag', [withTag(typed)]);
}

function isCommand(text: string): boolean {
  return /\s/.test(text.trim());
}

function commandError(text: string, context: LineContext): string | undefined {
  const { spec, troubles } = specOfLine(text, context);
  const error = troubles.find(({ severity }) => severity === 'error');
  return error?.message ?? contextTrouble(spec);
}

/** The Dockerfile in the editor, the only one, or one that the user picks. */
async function chooseDockerfile(editor: Editor): Promise<string | undefined> {
  const paths = await editor.findDockerfiles();
  const active = editor.activeFile();
  if (active !== undefined && paths.includes(active)) return active;
  const [first, ...others] = paths;
  if (first === undefined) {
    await editor.showInformation(t('No Dockerfile found in this workspace.'));
    return undefined;
  }
  if (others.length === 0) return first;
  return editor.pick(
    t('Build Image: Dockerfile'),
    paths.map((path): Choice<string> => {
      const description = relativePath(editor.workspaceFolderOf(path), parentDirectory(path));
      return { label: baseName(path), description, value: path };
    }),
  );
}
