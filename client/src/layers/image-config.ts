/** Finds the config and the layers of the image in the JSON files of its archive, which are untrusted. */
import { t } from '@vscode/l10n';
import { EngineError } from '../engine/errors.ts';

/** A step of the history in the image config. */
export interface ConfigStep {
  readonly createdBy: string;
  readonly comment: string;
  /** Whether the step has no layer. */
  readonly isEmpty: boolean;
}

export interface ImageDescription {
  /** The files of the layers in the archive, the lowest first. */
  readonly layerNames: readonly string[];
  readonly steps: readonly ConfigStep[];
}

/** `read` returns the text of a file of the archive. Throws EngineError if the format is unknown. */
export function describeImage(read: (name: string) => string | undefined): ImageDescription {
  const json = (name: string): unknown => parsed(read(name));
  const [entry] = list(json('manifest.json')).map(object);
  const fromList = entry && { config: entry.Config, layers: list(entry.Layers).map(text) };
  const found = fromList ?? fromIndex(json);
  const config = object(json(text(found?.config)));
  const layerNames = (found?.layers ?? []).filter((name) => name !== '');
  if (layerNames.length === 0) {
    throw new EngineError('failed', t('The engine sent an image in an unknown format'));
  }
  return { layerNames, steps: list(config.history).map(object).map(stepOf) };
}

function stepOf(step: Fields): ConfigStep {
  return {
    createdBy: text(step.created_by).trim(),
    comment: text(step.comment),
    isEmpty: step.empty_layer === true,
  };
}

/** An index may name further indexes, one for each platform; the first with layers that are images is used. */
function fromIndex(json: (name: string) => unknown) {
  const queue = list(object(json('index.json')).manifests).map(object);
  for (let tries = 0; tries < 100; tries++) {
    const next = queue.shift();
    if (next === undefined) return undefined;
    const manifest = object(json(blobName(next)));
    queue.push(...list(manifest.manifests).map(object));
    const layers = list(manifest.layers).map(object);
    // Attestations are manifests too; their layers are JSON files.
    const isImage = layers.every(({ mediaType }) => /tar/.test(text(mediaType)));
    if (layers.length > 0 && isImage) {
      return { config: blobName(object(manifest.config)), layers: layers.map(blobName) };
    }
  }
  return undefined;
}

function blobName({ digest }: Fields): string {
  return `blobs/${text(digest).replace(':', '/')}`;
}

type Fields = Readonly<Record<string, unknown>>;

function parsed(source: string | undefined): unknown {
  try {
    return JSON.parse(source ?? 'null');
  } catch {
    return null;
  }
}

function object(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
