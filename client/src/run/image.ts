/** The configuration of an image, and the initial spec for a container of it. */
import type { ImageDetails } from '../engine/details.ts';
import { specOf, type RunSpec } from './spec.ts';
import { freeName, nameOfImage } from './proposed-name.ts';
import { printWords } from '../command-line/words.ts';

export interface ImageFacts {
  /** As the user entered it. */
  readonly reference: string;
  /** `80/tcp`. */
  readonly ports: readonly string[];
  /** `NAME=value`. */
  readonly env: readonly string[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly user: string;
  readonly workdir: string;
  /** Paths in the container. */
  readonly volumes: readonly string[];
  /** The command of its health check. */
  readonly health: string;
  /** `linux/amd64`; empty if the image is not available locally. */
  readonly platform: string;
}

/** From inspect; all empty if the image is not available locally. */
export function imageFacts(
  reference: string,
  { config = {}, os = '', architecture = '' }: Partial<ImageDetails> = {},
): ImageFacts {
  const [kind, ...test] = config.Healthcheck?.Test ?? [];
  return {
    reference,
    ports: Object.keys(config.ExposedPorts ?? {}),
    env: config.Env ?? [],
    entrypoint: config.Entrypoint ?? [],
    command: config.Cmd ?? [],
    user: config.User ?? '',
    workdir: config.WorkingDir ?? '',
    volumes: Object.keys(config.Volumes ?? {}),
    health: kind === 'CMD-SHELL' ? (test[0] ?? '') : kind === 'CMD' ? printWords(test) : '',
    platform: os === '' ? '' : `${os}/${architecture}`,
  };
}

/**
 * The initial spec: ports published, volumes named, a shell in a terminal. `taken` are ports of the host that are in use; with
 * `names`, those of all containers, it has a free name.
 */
export function firstSpec(
  facts: ImageFacts,
  taken: ReadonlySet<number>,
  names?: ReadonlySet<string>,
): RunSpec {
  const name = names && nameOfImage(facts.reference);
  const shell = facts.ports.length === 0 && isShell(facts);
  const used = new Set(taken);
  const publish = facts.ports.map((port) => {
    const [number = '', protocol = 'tcp'] = port.split('/');
    const host = freePort(Number(number), used);
    used.add(host);
    return `${host}:${number}${protocol === 'tcp' ? '' : `/${protocol}`}`;
  });
  const volume = facts.volumes.map((path) => `${volumeName(facts.reference, path)}:${path}`);
  const unset = facts.env.filter((entry) => entry.endsWith('='));
  return specOf(facts.reference, {
    switches: shell ? { interactive: true, tty: true, rm: true } : { detach: true },
    ...(name !== undefined && { texts: { name: freeName(name, names ?? new Set()) } }),
    lists: {
      ...(publish.length > 0 && { publish }),
      ...(volume.length > 0 && { volume }),
      ...(unset.length > 0 && { env: unset }),
    },
  });
}

const shells =
  /(?:^|[/\\])(?:(?:ba|da|a|z|fi)?sh|python[\d.]*|node|irb|ghci|R|pwsh|powershell|cmd)(?:\.exe)?$/;

/** Whether it exits immediately without a terminal. */
function isShell({ entrypoint, command }: ImageFacts): boolean {
  const words = [...entrypoint, ...command];
  const last = words.at(-1) ?? '';
  return words.length > 0 && words.length <= 2 && shells.test(last);
}

/** The port, or the next free one. */
export function freePort(port: number, taken: ReadonlySet<number>): number {
  let free = port;
  while (taken.has(free) && free < 65535) free++;
  return free;
}

/** `postgres-data` of `docker.io/library/postgres:17` and `/var/lib/postgresql/data`. */
function volumeName(reference: string, path: string): string {
  const repository = reference.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  const words = [repository.split('/').at(-1) ?? '', path.split('/').filter(Boolean).at(-1) ?? ''];
  const name = words.join('-').replace(/[^a-zA-Z0-9_.-]+/g, '-');
  return /^[a-zA-Z0-9]/.test(name) ? name : `data-${name}`;
}
