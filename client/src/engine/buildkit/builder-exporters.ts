/** Where the result of a build goes on a builder that has no image store: into the engine, to a registry, or to a file. */
import { t } from '@vscode/l10n';
import type { BuildRequest, BuildTarget } from '../../../../contract/build.ts';
import { EngineError } from '../errors.ts';
import { isPushed, untagged, writtenOutput, type Exports } from './exporters.ts';
import type { Typed } from './messages.ts';
import type { Destination } from './session/file-send.ts';

/** Receives an archive in the form of `docker save`; rejects with EngineError. */
export type Receive = (archive: AsyncIterable<Uint8Array>) => Promise<void>;

/** Without outputs, the image is pushed if that is requested, and loaded into the engine otherwise. Throws EngineError. */
export function builderExportsOf(request: BuildRequest, load: Receive): Exports {
  const { tags } = request;
  const destinations = new Map<number, Destination>();
  const exporters = outputsOf(request).map((output, index): Typed => {
    if (isLoaded(output)) {
      checkPlatforms(request);
      destinations.set(index, { kind: 'stream', receive: load });
      return { Type: 'docker', Attrs: withName(output.attributes, tags) };
    }
    if (isImage(output)) return imageExporter(output, tags);
    const { exporter, destination } = writtenOutput(output, tags);
    if (destination) destinations.set(index, destination);
    return exporter;
  });
  return { exporters, destinations, pushed: [] };
}

function outputsOf({ outputs = [], push = false }: BuildRequest): readonly BuildTarget[] {
  const pushed = { push: 'true' };
  if (outputs.length === 0)
    return [push ? { type: 'image', attributes: pushed } : { type: 'docker', attributes: {} }];
  const kept = outputs.filter(({ type }) => type !== 'cacheonly');
  if (!push) return kept;
  return kept.some(isImage)
    ? kept.map((one) =>
        isImage(one) ? { ...one, attributes: { ...one.attributes, ...pushed } } : one,
      )
    : [...kept, { type: 'image', attributes: pushed }];
}

function isLoaded({ type, attributes }: BuildTarget): boolean {
  return type === 'moby' || (type === 'docker' && attributes.dest === undefined);
}

function isImage({ type }: BuildTarget): boolean {
  return type === 'image' || type === 'registry';
}

function imageExporter(output: BuildTarget, tags: readonly string[]): Typed {
  const attributes = withName(output.attributes, tags);
  if (isPushed(output) && attributes.name === undefined) throw untagged();
  return {
    Type: 'image',
    Attrs: output.type === 'registry' ? { ...attributes, push: 'true' } : attributes,
  };
}

function withName(
  attributes: BuildTarget['attributes'],
  tags: readonly string[],
): BuildTarget['attributes'] {
  const { name = '', ...others } = attributes;
  const names = name === '' ? tags.join(',') : name;
  return { ...others, ...(names !== '' && { name: names }) };
}

/** The archive that an engine loads has one platform. */
function checkPlatforms({ platforms = [] }: BuildRequest): void {
  if (platforms.length > 1)
    throw new EngineError(
      'failed',
      t(
        'An image for several platforms cannot be loaded from this builder: push it with --push, or write it with --output',
      ),
    );
}
