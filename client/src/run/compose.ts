/** Converts a spec to a service of a compose file. */
import { escaped } from './options/compose-keys.ts';
import { mergeParts, type ComposeLine, type ComposePart, type Yaml } from './options/option.ts';
import { optionNames, table } from './options.ts';
import { lineOfOptions, givenValues, type RunSpec } from './spec.ts';

export interface ComposeService {
  /** The key under `services`. */
  readonly name: string;
  readonly service: Yaml;
  /** Top-level elements of the file. */
  readonly volumes: Yaml;
  readonly networks: Yaml;
  /** Options without an equivalent in compose. */
  readonly left: readonly string[];
}

/** The folder of the compose file, and the texts of the files that the spec names. */
export interface ComposePlace {
  /** Paths inside it become relative. */
  readonly folder: string | undefined;
  readonly files?: ReadonlyMap<string, string>;
}

export function serviceOf(
  spec: RunSpec,
  { folder, files = new Map() }: ComposePlace,
): ComposeService {
  const { values } = lineOfOptions(spec, { variables: {}, files });
  const line: ComposeLine = { values, folder, files };
  const given = optionNames.filter((name) => givenValues(spec, name).length > 0);
  const parts = given.map(
    (name): ComposePart =>
      table[name].compose?.(givenValues(spec, name), line) ?? { left: [`--${name}`] },
  );
  const { service, volumes = {}, networks = {}, left = [] } = mergeParts(parts);
  const whole = {
    image: spec.image,
    ...(spec.command.length > 0 && { command: spec.command }),
    ...service,
  };
  return {
    name: (spec.texts.name ?? nameOfImage(spec.image)).toLowerCase().replace(/[^a-z0-9._-]/g, '-'),
    service: escaped(whole) as Yaml,
    volumes: escaped(volumes) as Yaml,
    networks,
    left: [...new Set(left)],
  };
}

/** `postgres` of `docker.io/library/postgres:17`. */
function nameOfImage(image: string): string {
  const [name = ''] = (image.split('/').at(-1) ?? '').split(/[:@]/);
  return name === '' ? 'service' : name;
}
