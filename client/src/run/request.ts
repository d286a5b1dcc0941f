/** Converts a spec to the create request, as the docker CLI would send it. */
import type { CreateRequest } from '../engine/container-config.ts';
import type { NewContainer } from '../engine/container-requests.ts';
import { fileTrouble, seccompFile } from './env.ts';
import { mergeParts, type Outside, type Part } from './options/option.ts';
import { optionNames, table } from './options.ts';
import { all, givenValues, lineOfOptions, type RunSpec } from './spec.ts';

/** The create request. Options that are not given are left out. */
export function newContainer(spec: RunSpec, outside: Outside): NewContainer {
  const line = lineOfOptions(spec, outside);
  const parts = optionNames.map(
    (name): Part => table[name].place?.write?.(givenValues(spec, name), line) ?? {},
  );
  const { config, host, endpoints, query } = mergeParts(parts);
  const body: CreateRequest = {
    ...config,
    Image: spec.image,
    ...(spec.command.length > 0 && { Cmd: spec.command }),
    HostConfig: host ?? {},
    ...(endpoints && { NetworkingConfig: { EndpointsConfig: endpoints } }),
  };
  return { ...query, body };
}

/** Local files that the docker CLI reads for the request. */
export function filesOf(spec: RunSpec): readonly string[] {
  const profiles = all(spec, 'security-opt').flatMap((option) => seccompFile(option) ?? []);
  return [...all(spec, 'env-file'), ...all(spec, 'label-file'), ...profiles];
}

/** Why docker refuses one of these files; undefined if it accepts them. */
export function filesTrouble(
  spec: RunSpec,
  files: ReadonlyMap<string, string>,
): string | undefined {
  return [...all(spec, 'env-file'), ...all(spec, 'label-file')]
    .map((file) => fileTrouble(file, files.get(file) ?? ''))
    .find((trouble) => trouble !== undefined);
}
