/** Converts an existing container to the spec that creates an equal one. */
import type { ContainerDetails, ImageDetails } from '../engine/details.ts';
import type { EngineDefaults, Seen } from './options/option.ts';
import { commandOf } from './options/process.ts';
import { optionNames, table, type OptionName } from './options.ts';
import { specOf, withOption, type RunSpec } from './spec.ts';

/** Defaults of most engines, used if the engine does not report its own. */
export const fallbackDefaults: EngineDefaults = {
  defaultRuntime: 'runc',
  defaultIpcMode: 'private',
  defaultLogDriver: 'json-file',
  cgroups: '2',
  hostName: '',
};

/** Leaves out values that are defaults of the image or the engine. */
export function specOfContainer(
  container: ContainerDetails,
  image: ImageDetails | undefined,
  engine: EngineDefaults = fallbackDefaults,
): RunSpec {
  const seen: Seen = { container, image: image?.config ?? {}, engine };
  let spec = specOf(container.config.Image ?? container.imageId, { command: commandOf(seen) });
  for (const name of optionNames) {
    for (const value of seenValues(name, seen)) spec = withOption(spec, name, value);
  }
  return spec;
}

/** The values of one option in the container. */
export function seenValues(name: OptionName, seen: Seen): readonly string[] {
  return table[name].place?.read?.(seen) ?? [];
}
