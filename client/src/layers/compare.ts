/** Compares an image with another one: their configs, and their instructions with sizes, side by side. */
import { t } from '@vscode/l10n';
import { displayName } from '../copy/names.ts';
import type { ImageDetails } from '../engine/details.ts';
import type { Engine, Image } from '../engine/engine.ts';
import type { Layer } from '../engine/objects.ts';
import type { Choice, Editor } from '../ui/editor.ts';
import { describeFailure } from '../ui/failure-message.ts';
import { formatDateTime, formatSize, joinDetails, shortId } from '../ui/format.ts';
import { repositoryOf } from './base-image.ts';
import { imageSteps } from './image-steps.ts';

/** What has been read of an image. */
export interface LoadedImage {
  readonly engine: Engine;
  readonly details: ImageDetails;
  readonly history: readonly Layer[];
}

type ComparingEditor = Pick<Editor, 'pick' | 'compareTexts' | 'showInformation' | 'showError'>;

/**
 * Asks for the other image, which is shown at the left; `name` is a tag or a short id. Does nothing if the image was not read
 * yet. Never rejects: errors are shown.
 */
export async function compareImage(
  editor: ComparingEditor,
  name: string,
  loaded: LoadedImage | undefined,
): Promise<void> {
  try {
    if (loaded !== undefined) await compare(editor, name, loaded);
  } catch (error) {
    const failure = describeFailure(error, t('Compare with…'));
    if (failure !== undefined) void editor.showError(failure.message);
  }
}

async function compare(
  editor: ComparingEditor,
  name: string,
  { engine, details, history }: LoadedImage,
): Promise<void> {
  const choices = choicesFor(details, await engine.images());
  if (choices.length === 0) {
    void editor.showInformation(t('There is no other image on this engine.'));
    return;
  }
  const chosen = await editor.pick(t('Compare {0} with…', name), choices);
  if (chosen === undefined) return;
  const [otherDetails, otherHistory] = await Promise.all([
    engine.inspect('image', chosen.id),
    engine.history(chosen.id),
  ]);
  const other = { name: `${chosen.name}.txt`, text: imageText(otherDetails, otherHistory) };
  const own = { name: `${name}.txt`, text: imageText(details, history) };
  await editor.compareTexts(other, own, t('{0} ↔ {1}', chosen.name, name));
}

interface Chosen {
  readonly id: string;
  readonly name: string;
}

/** Images of the same repository first, then the newest first. */
function choicesFor(details: ImageDetails, images: readonly Image[]): readonly Choice<Chosen>[] {
  const own = new Set(details.tags.map(repositoryOf));
  const isRelated = ({ tags }: Image): boolean => tags.some((tag) => own.has(repositoryOf(tag)));
  return images
    .filter(({ id }) => id !== details.id)
    .sort(
      (one, other) =>
        Number(isRelated(other)) - Number(isRelated(one)) ||
        other.createdAt.getTime() - one.createdAt.getTime(),
    )
    .map((image): Choice<Chosen> => {
      const name = image.tags[0] ?? shortId(image.id);
      return {
        label: name,
        description: joinDetails(formatSize(image.size), formatDateTime(image.createdAt)),
        value: { id: image.id, name },
      };
    });
}

/** One fact on each line, as in a Dockerfile; control characters are escaped. */
function imageText(details: ImageDetails, history: readonly Layer[]): string {
  const steps = imageSteps(history, details.layers.length);
  const size = steps.reduce((sum, step) => sum + step.size, 0);
  const parts = [
    [`${details.os}/${details.architecture}`, formatSize(size)],
    configLines(details),
    steps.map(({ keyword, text, size: own }) => {
      const line = `${keyword} ${text}`.trim();
      return own > 0 ? `${line}  # ${formatSize(own)}` : line;
    }),
  ];
  const titles = [t('Image'), t('Image config'), t('Instructions and their sizes')];
  return parts
    .map((lines, at) => [`# ${titles[at] ?? ''}`, ...lines.map(displayName), ''].join('\n'))
    .join('\n');
}

function configLines({ config }: ImageDetails): readonly string[] {
  const { User, WorkingDir, Env, Labels, Entrypoint, Cmd, ExposedPorts, Volumes } = config;
  const one = (keyword: string, value: string | undefined): readonly string[] =>
    value === undefined || value === '' ? [] : [`${keyword} ${value}`];
  const array = (keyword: string, value: readonly string[] | undefined): readonly string[] =>
    value === undefined ? [] : [`${keyword} ${JSON.stringify(value)}`];
  const keys = (keyword: string, value: object = {}): readonly string[] =>
    Object.keys(value).sort().map((key) => `${keyword} ${key}`); // prettier-ignore
  return [
    ...[...(Env ?? [])].sort().map((variable) => `ENV ${variable}`),
    ...Object.entries(Labels ?? {})
      .sort(([name], [other]) => (name < other ? -1 : 1))
      .map(([name, value]) => `LABEL ${name}=${value}`),
    ...keys('EXPOSE', ExposedPorts),
    ...keys('VOLUME', Volumes),
    ...one('WORKDIR', WorkingDir),
    ...one('USER', User),
    ...one('STOPSIGNAL', config.StopSignal),
    ...array('HEALTHCHECK', config.Healthcheck?.Test),
    ...array('ENTRYPOINT', Entrypoint),
    ...array('CMD', Cmd),
  ];
}
