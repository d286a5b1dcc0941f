/** Where the result of a build goes: the outputs of a request as exporters of BuildKit. */
import { t } from '@vscode/l10n';
import type { BuildRequest, BuildTarget } from '../../../../contract/build.ts';
import { EngineError } from '../errors.ts';
import type { Typed } from './messages.ts';
import type { Destination } from './session/file-send.ts';

export interface Exports {
  readonly exporters: readonly Typed[];
  /** By the index of the exporter. */
  readonly destinations: ReadonlyMap<number, Destination>;
  /** The names to push when the image is in the store of the engine. */
  readonly pushed: readonly string[];
}

/** Throws EngineError if an output cannot be used. */
export function exportsOf({ outputs = [], tags, push = false }: BuildRequest): Exports {
  const all = (outputs.length === 0 ? [{ type: 'image', attributes: {} }] : outputs).filter(
    ({ type }) => type !== 'cacheonly',
  );
  const destinations = new Map<number, Destination>();
  const pushed = new Set(push ? tags : []);
  const exporters = all.map((output, index) => {
    if (isStored(output)) return stored(output, tags, pushed);
    const { dest, ...attributes } = output.attributes;
    if (dest === undefined) return { Type: output.type, Attrs: output.attributes };
    if (dest === '-')
      throw new EngineError('failed', t('The build result cannot be written to standard output'));
    destinations.set(index, { kind: output.type === 'local' ? 'directory' : 'file', path: dest });
    const needsName = output.type === 'oci' || output.type === 'docker';
    const name = tags.join(',');
    return {
      Type: output.type,
      Attrs: { ...(needsName && name !== '' && { name }), ...attributes },
    };
  });
  if ((push || all.some(isPushed)) && pushed.size === 0)
    throw new EngineError('failed', t('An image needs a tag to be pushed'));
  return { exporters, destinations, pushed: [...pushed] };
}

/** Whether the engine keeps the result as an image. */
function isStored({ type, attributes }: BuildTarget): boolean {
  const isImage = ['image', 'registry', 'moby'].includes(type);
  return isImage || (type === 'docker' && attributes.dest === undefined);
}

function isPushed({ type, attributes }: BuildTarget): boolean {
  return type === 'registry' || attributes.push === 'true' || attributes.push === '1';
}

/** The engine ignores `push` here, so the image is pushed afterwards. */
function stored(output: BuildTarget, tags: readonly string[], pushed: Set<string>): Typed {
  const { name: own = '' } = output.attributes;
  const names = own === '' ? tags : own.split(',');
  if (isPushed(output)) for (const name of names) pushed.add(name);
  const others = Object.entries(output.attributes).filter(
    ([name]) => name !== 'push' && name !== 'name',
  );
  return {
    Type: 'moby',
    Attrs: Object.fromEntries([
      ...others,
      ...(names.length > 0 ? [['name', names.join(',')] as const] : []),
    ]),
  };
}
