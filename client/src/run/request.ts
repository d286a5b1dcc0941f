/** Spec → what the engine is asked to create, as the docker CLI itself would ask. */
import type { CreateRequest } from '../engine/container-config.ts';
import type { NewContainer } from '../engine/making.ts';
import { merged, type Outside, type Part } from './options/option.ts';
import { optionNames, table } from './options.ts';
import { lineOfOptions, givenValues, type RunSpec } from './spec.ts';

/** What is not given is left out. */
export function newContainer(spec: RunSpec, outside: Outside): NewContainer {
  const line = lineOfOptions(spec, outside);
  const parts = optionNames.map(
    (name): Part => table[name].place?.write?.(givenValues(spec, name), line) ?? {},
  );
  const { config, host, endpoints, query } = merged(parts);
  const body: CreateRequest = {
    ...config,
    Image: spec.image,
    ...(spec.command.length > 0 && { Cmd: spec.command }),
    HostConfig: host ?? {},
    ...(endpoints && { NetworkingConfig: { EndpointsConfig: endpoints } }),
  };
  return { ...query, body };
}
