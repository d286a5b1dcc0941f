/** The type of an entry in the table of `docker run` options. */
import type { ContainerConfig, Endpoints, HostConfig } from '../../engine/container-config.ts';
import type { ContainerDetails } from '../../engine/details.ts';
import type { EngineInfo } from '../../engine/objects.ts';
import type { Syntax } from '../../command-line/syntax.ts';

/** A switch is on or off, a text uses the last value given, a list uses all values. */
export type Kind = 'switch' | 'text' | 'list';

export interface Option<K extends Kind = Kind> {
  readonly kind: K;
  /** Name of one letter. */
  readonly short?: string;
  /** Commands are printed with the letter. */
  readonly brief?: true;
  /** Other long names. */
  readonly aliases?: readonly string[];
  /** Default of a switch; undefined if both values differ from the default. */
  readonly unset?: boolean | undefined;
  readonly syntax?: Syntax;
  /** Its place in the create request and in the result of inspect; absent if it is not sent to the engine. */
  readonly place?: Place;
  /** Only the docker CLI uses it; it has no effect on a run from the form. */
  readonly cliOnly?: true;
  /** Its part of a compose service; absent if compose has no equivalent. */
  readonly compose?: Compose;
  /** Its kind of field in the form; absent if it is among the other options. */
  readonly field?: 'text' | 'lines' | 'row' | 'check' | 'mode';
  /** The oldest API version that has it; the docker CLI refuses it for older engines. */
  readonly since?: string;
  /** The only operating system of engines for which the docker CLI accepts it. */
  readonly os?: 'windows' | 'linux';
}

export interface Place {
  /** The part of the create request for these values, which can be none. */
  readonly write?: (values: readonly string[], line: Line) => Part;
  /** The values in a container; none if they are defaults of its image or engine. */
  readonly read?: (seen: Seen) => readonly string[];
}

/** A part of the create request. */
export interface Part {
  readonly config?: ContainerConfig;
  readonly host?: HostConfig;
  /** Settings by network. */
  readonly endpoints?: Endpoints;
  /** Query parameters of the request. */
  readonly query?: { readonly name?: string; readonly platform?: string };
}

/** All options of a command. */
export interface Line {
  /** The values of an option, by long name; those of a switch are `true` or `false`. */
  readonly values: (name: string) => readonly string[];
  readonly outside: Outside;
}

/** What the command refers to. */
export interface Outside {
  /** Local variables for `-e NAME`. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Texts of local files, by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** Defaults of an engine. */
export type EngineDefaults = Pick<
  EngineInfo,
  'defaultRuntime' | 'defaultIpcMode' | 'defaultLogDriver' | 'cgroups' | 'hostName'
>;

/** An existing container, and the defaults of its image and engine. */
export interface Seen {
  readonly container: ContainerDetails;
  readonly image: ContainerConfig;
  readonly engine: EngineDefaults;
}

export type Compose = (values: readonly string[], line: ComposeLine) => ComposePart;

export interface ComposeLine extends Pick<Line, 'values'> {
  /** The directory of the compose file. */
  readonly folder: string | undefined;
  /** Texts of local files, by path, if they are known. */
  readonly files: ReadonlyMap<string, string>;
}

export type Yaml = Readonly<Record<string, unknown>>;

/** A part of a compose file. */
export interface ComposePart {
  readonly service?: Yaml;
  /** Top-level volumes and networks of the service. */
  readonly volumes?: Yaml;
  readonly networks?: Yaml;
  /** Options without an equivalent in compose. */
  readonly left?: readonly string[];
}

type Facts<K extends Kind> = Omit<Option<K>, 'kind'>;

/** A switch that is off by default. */
export function flag(facts: Facts<'switch'> = {}): Option<'switch'> {
  return { unset: false, ...facts, kind: 'switch' };
}

export function text(facts: Facts<'text'> = {}): Option<'text'> {
  return { ...facts, kind: 'text' };
}

export function list(facts: Facts<'list'> = {}): Option<'list'> {
  return { ...facts, kind: 'list' };
}

/** Whether a switch is on. */
export function isOn({ values }: Pick<Line, 'values'>, name: string): boolean {
  return values(name).at(-1) === 'true';
}

/** Merges objects deeply: lists are concatenated, and the last one of other values is used. */
export function mergeParts<T extends object>(parts: readonly T[]): T {
  const all: Record<string, unknown> = {};
  for (const part of parts) {
    for (const [name, value] of Object.entries(part)) {
      const before = all[name];
      if (isList(before) && isList(value)) all[name] = [...before, ...value];
      else if (isMap(before) && isMap(value)) all[name] = mergeParts([before, value]);
      else if (value !== undefined) all[name] = value;
    }
  }
  return all as T;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
