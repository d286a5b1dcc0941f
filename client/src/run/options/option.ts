/** What the table of options says of one option of `docker run`. */
import type { ContainerConfig, Endpoints, HostConfig } from '../../engine/container-config.ts';
import type { ContainerDetails } from '../../engine/details.ts';
import type { EngineInfo } from '../../engine/objects.ts';
import type { Surroundings } from '../words.ts';

/** A switch is on or off; a text has one value, the last one given; a list has all values given. */
export type Kind = 'switch' | 'text' | 'list';

export interface Option<K extends Kind = Kind> {
  readonly kind: K;
  /** One letter. */
  readonly short?: string;
  /** The letter, and not the long name, is printed. */
  readonly brief?: true;
  /** Other long names that docker accepts. */
  readonly aliases?: readonly string[];
  /** Of a switch that is not given; undefined where both values differ from giving none. */
  readonly unset?: boolean | undefined;
  readonly syntax?: Syntax;
  /** Where it is in the create request, and in what inspect returns; absent where it never reaches the engine. */
  readonly place?: Place;
  /** Only the docker CLI itself uses it, and a run from the form ignores it. */
  readonly cliOnly?: true;
  /** Its part of a compose service; absent where compose has no equivalent. */
  readonly compose?: Compose;
  /** How the form shows it; absent where it is among the other options. */
  readonly field?: 'text' | 'lines' | 'row' | 'check' | 'mode';
  /** The docker CLI refuses it for engines of an older API. */
  readonly since?: string;
  /** The docker CLI refuses it for engines of another operating system. */
  readonly os?: 'windows' | 'linux';
}

/** Reads a value as docker would; paths of this machine become absolute. */
export type Syntax = (value: string, around: Surroundings) => Checked;

export interface Checked {
  /** In the spelling that is kept. */
  readonly value: string;
  /** Why docker would refuse it. */
  readonly trouble?: string;
}

export interface Place {
  /** The part of the create request that these values give. Called without values too. */
  readonly write?: (values: readonly string[], line: Line) => Part;
  /** The values that give this container; none where its image or its engine gives the same without the option. */
  readonly read?: (seen: Seen) => readonly string[];
}

/** A part of the create request. */
export interface Part {
  readonly config?: ContainerConfig;
  readonly host?: HostConfig;
  /** By network. */
  readonly endpoints?: Endpoints;
  /** Parameters of the request's address. */
  readonly query?: { readonly name?: string; readonly platform?: string };
}

/** All options of a line. */
export interface Line {
  /** The values of an option by its long name; a switch that is given has `true` or `false`. */
  readonly values: (name: string) => readonly string[];
  readonly outside: Outside;
}

/** What a line refers to outside of itself. */
export interface Outside {
  /** Variables that `-e NAME` passes on. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Texts of the files that the line names, by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** What an engine does without being asked to. */
export type EngineDefaults = Pick<
  EngineInfo,
  'defaultRuntime' | 'defaultIpcMode' | 'defaultLogDriver' | 'cgroups' | 'hostName'
>;

/** A container that exists, with what its image and its engine give without being asked to. */
export interface Seen {
  readonly container: ContainerDetails;
  readonly image: ContainerConfig;
  readonly engine: EngineDefaults;
}

export type Compose = (values: readonly string[], line: ComposeLine) => ComposePart;

export interface ComposeLine extends Pick<Line, 'values'> {
  /** The directory of the compose file. */
  readonly folder: string | undefined;
  /** Texts of the files that the line names, by path, as far as they are known. */
  readonly files: ReadonlyMap<string, string>;
}

export type Yaml = Readonly<Record<string, unknown>>;

/** Part of a compose file. */
export interface ComposePart {
  readonly service?: Yaml;
  /** Top-level volumes and networks that the service refers to. */
  readonly volumes?: Yaml;
  readonly networks?: Yaml;
  /** What compose has no equivalent for. */
  readonly left?: readonly string[];
}

type Facts<K extends Kind> = Omit<Option<K>, 'kind'>;

/** A switch, off unless it is given. */
export function flag(facts: Facts<'switch'> = {}): Option<'switch'> {
  return { unset: false, ...facts, kind: 'switch' };
}

export function text(facts: Facts<'text'> = {}): Option<'text'> {
  return { ...facts, kind: 'text' };
}

export function list(facts: Facts<'list'> = {}): Option<'list'> {
  return { ...facts, kind: 'list' };
}

/** Whether a switch of the line is on. */
export function isOn({ values }: Pick<Line, 'values'>, name: string): boolean {
  return values(name).at(-1) === 'true';
}

/** Objects of the same name become one, lists of the same name are joined, and of other values the last one counts. */
export function merged<T extends object>(parts: readonly T[]): T {
  const all: Record<string, unknown> = {};
  for (const part of parts) {
    for (const [name, value] of Object.entries(part)) {
      const before = all[name];
      if (Array.isArray(before) && Array.isArray(value)) all[name] = [...before, ...value];
      else if (isMap(before) && isMap(value)) all[name] = merged([before, value]);
      else if (value !== undefined) all[name] = value;
    }
  }
  return all as T;
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
