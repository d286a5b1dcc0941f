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

/** For the BuildKit of an engine. Throws EngineError if an output cannot be used. */
export function exportsOf({ outputs = [], tags, push = false }: BuildRequest): Exports {
  const all = (outputs.length === 0 ? [{ type: 'image', attributes: {} }] : outputs).filter(
    ({ type }) => type !== 'cacheonly',
  );
  const destinations = new Map<number, Destination>();
  const pushed = new Set(push ? tags : []);
  const exporters = all.map((output, index) => {
    if (isStored(output)) return stored(output, tags, pushed);
    const { exporter, destination } = writtenOutput(output, tags);
    if (destination) destinations.set(index, destination);
    return exporter;
  });
  if ((push || all.some(isPushed)) && pushed.size === 0) throw untagged();
  return { exporters, destinations, pushed: [...pushed] };
}

/** An output that is written to a file or a directory of this machine. */
export function writtenOutput(
  { type, attributes: all }: BuildTarget,
  tags: readonly string[],
): { readonly exporter: Typed; readonly destination?: Destination } {
  const { dest: path, ...attributes } = all;
  if (path === undefined) return { exporter: { Type: type, Attrs: all } };
  if (path === '-')
    throw new EngineError('failed', t('The build result cannot be written to standard output'));
  const needsName = type === 'oci' || type === 'docker';
  const name = tags.join(',');
  return {
    exporter: { Type: type, Attrs: { ...(needsName && name !== '' && { name }), ...attributes } },
    destination: { kind: type === 'local' ? 'directory' : 'file', path },
  };
}

export function untagged(): EngineError {
  return new EngineError('failed', t('An image needs a tag to be pushed'));
}

/** Whether the engine keeps the result as an image. */
function isStored({ type, attributes }: BuildTarget): boolean {
  const isImage = ['image', 'registry', 'moby'].includes(type);
  return isImage || (type === 'docker' && attributes.dest === undefined);
}

export function isPushed({ type, attributes }: BuildTarget): boolean {
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
