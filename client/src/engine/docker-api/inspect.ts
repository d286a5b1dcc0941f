/** Reads the JSON of inspect into plain data. */
import type {
  Details,
  ContainerDetails,
  HealthCheckResult,
  ImageDetails,
  MountPoint,
} from '../details.ts';
import { containerConfig, endpointSettings, hostConfig } from './shapes.ts';
import { networkOf, volumeOf } from './volumes.ts';
import { requestJson } from './requests.ts';
import { segment } from './request.ts';
import type { Wire } from './wire.ts';
import type { Engine } from '../engine.ts';
import { stringifyExact } from '../exact-json.ts';
import { isObject, type Json } from '../json-object.ts';
import { flag, list, map, text } from './json-readers.ts';

export function inspectMethods(wire: Wire): Pick<Engine, 'inspect'> {
  return {
    inspect: (objectType, id) => {
      // The paths of containers and images end in /json, those of the others do not.
      const end = objectType === 'container' || objectType === 'image' ? '/json' : '';
      const path = `/${objectType}s/${segment(id)}${end}`;
      // Networks of Podman and volumes have no Id.
      const reader = (json: unknown) =>
        isObject(json) && (text(json.Id) ?? text(json.Name)) !== undefined
          ? detailsOf(objectType, json)
          : undefined;
      return requestJson(wire, { method: 'GET', path }, reader);
    },
  };
}

/** The details of an object from the answer of an engine. The in-memory engine of the tests also uses it. */
export function detailsOf<K extends keyof Details>(objectType: K, json: unknown): Details[K] {
  return readers[objectType](isObject(json) ? json : {});
}

const readers: { readonly [K in keyof Details]: (json: Json) => Details[K] } = {
  container: containerDetails,
  image: imageDetails,
  network: (json) => ({ ...networkOf(json), raw: rawOf(json) }),
  volume: (json) => ({ ...volumeOf(json), raw: rawOf(json) }),
};

function rawOf(json: Json): string {
  return stringifyExact(json, 2);
}

function containerDetails(json: Json): ContainerDetails {
  const state = isObject(json.State) ? json.State : {};
  const settings = isObject(json.NetworkSettings) ? json.NetworkSettings : {};
  const startedAt = text(state.StartedAt) ?? '';
  return {
    id: text(json.Id) ?? '',
    name: (text(json.Name) ?? '').replace(/^\//, ''),
    imageId: text(json.Image) ?? '',
    // The engine sets both while a container waits to be started again.
    running: state.Running === true && state.Restarting !== true,
    // The year 1 is Go's zero time.
    started: startedAt !== '' && !startedAt.startsWith('0001-'),
    outOfMemory: state.OOMKilled === true,
    exitCode: typeof state.ExitCode === 'number' ? state.ExitCode : 0,
    ...timeOf('startedAt', startedAt),
    ...timeOf('finishedAt', text(state.FinishedAt) ?? ''),
    restartCount: typeof json.RestartCount === 'number' ? json.RestartCount : 0,
    healthChecks: list(healthCheck)(isObject(state.Health) ? state.Health.Log : undefined) ?? [],
    config: containerConfig(json.Config) ?? {},
    host: hostConfig(json.HostConfig) ?? {},
    networks: map(endpointSettings)(settings.Networks) ?? {},
    mounts: list(mountPoint)(json.Mounts) ?? [],
    raw: rawOf(json),
  };
}

/** The property with this time; none for Go's zero time, or if it cannot be read. */
function timeOf<K extends string>(name: K, written: string): { readonly [key in K]?: Date } {
  const date = new Date(written);
  const isTime = !written.startsWith('0001-') && !Number.isNaN(date.getTime());
  return isTime ? ({ [name]: date } as { readonly [key in K]?: Date }) : {};
}

function healthCheck(value: unknown): HealthCheckResult | undefined {
  if (!isObject(value)) return undefined;
  const startedAt = new Date(text(value.Start) ?? '');
  if (Number.isNaN(startedAt.getTime())) return undefined;
  const exitCode = typeof value.ExitCode === 'number' ? value.ExitCode : 0;
  return { startedAt, exitCode, output: (text(value.Output) ?? '').slice(0, 4096) };
}

function mountPoint(value: unknown): MountPoint | undefined {
  if (!isObject(value)) return undefined;
  return {
    type: text(value.Type) ?? '',
    name: text(value.Name) ?? '',
    source: text(value.Source) ?? '',
    destination: text(value.Destination) ?? '',
    readOnly: flag(value.RW) === false,
  };
}

/** Names as a list of images has them. */
function named(json: unknown): readonly string[] {
  return (list(text)(json) ?? []).filter((name) => !/^<none>[:@]<none>$/.test(name));
}

function imageDetails(json: Json): ImageDetails {
  const root = isObject(json.RootFS) ? json.RootFS : {};
  return {
    id: text(json.Id) ?? '',
    tags: named(json.RepoTags),
    digests: named(json.RepoDigests),
    config: containerConfig(json.Config) ?? {},
    os: text(json.Os) ?? '',
    architecture: text(json.Architecture) ?? '',
    layers: list(text)(root.Layers) ?? [],
    raw: rawOf(json),
  };
}
