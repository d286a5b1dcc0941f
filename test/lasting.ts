/**
 * What two containers have in common where they were created with equal effect, from the engine's own JSON. It knows
 * nothing of the table of options: what it leaves out is either new with each container (ids, times, generated names) or
 * another spelling of the same (the order of a map, an empty list for none).
 */

type Json = Readonly<Record<string, unknown>>;

/** From the JSON that `GET /containers/{id}/json` returns. */
export function lasting(raw: string): unknown {
  const json = map(JSON.parse(exactIntegers(raw)));
  const id = text(json.Id);
  const config = map(json.Config);
  const host = map(json.HostConfig);
  return pruned({
    Name: json.Name,
    Image: json.Image,
    Platform: json.Platform,
    // How the words are divided between entrypoint and command makes no difference.
    Process: [json.Path, ...list(json.Args)],
    MountLabel: json.MountLabel,
    ProcessLabel: json.ProcessLabel,
    AppArmorProfile: json.AppArmorProfile,
    Config: {
      ...config,
      Entrypoint: undefined,
      Cmd: undefined,
      Hostname: isOf(id, config.Hostname) ? '' : config.Hostname,
      // Of several values of a name, the last one is used.
      Env: Object.fromEntries(
        list(config.Env).map((entry): [string, unknown] => [
          text(entry).split('=')[0] ?? '',
          entry,
        ]),
      ),
    },
    HostConfig: hostOf(host),
    Networks: Object.fromEntries(
      Object.entries(map(map(json.NetworkSettings).Networks)).map(([name, endpoint]) => [
        name,
        endpointOf(map(endpoint), id),
      ]),
    ),
    Mounts: list(json.Mounts)
      .map((mount) => mountPointOf(map(mount)))
      .sort(byText),
  });
}

/**
 * The same of a container that compose created, and of one that is compared with it. Compose adds labels, aliases and a
 * network of its own, attaches to the output, and writes mounts in another of the engine's forms.
 */
export function composeLasting(raw: string, { network }: { readonly network: boolean }): unknown {
  const json = map(JSON.parse(exactIntegers(raw)));
  const all = map(lasting(raw));
  const { Binds, Mounts, NetworkMode, Links, ExtraHosts, SecurityOpt, ...host } = map(
    all.HostConfig,
  );
  const config = map(all.Config);
  const endpoints = Object.entries(map(all.Networks));
  const isOwn = ([name]: readonly [string, unknown]) => !name.startsWith('com.docker.compose.');
  return pruned({
    ...all,
    Name: undefined,
    Config: {
      ...config,
      AttachStdin: undefined,
      AttachStdout: undefined,
      AttachStderr: undefined,
      StdinOnce: undefined,
      // With `use_api_socket`, compose passes credentials also where there are none.
      Env: { ...map(config.Env), DOCKER_CONFIG: undefined },
      // They are among the mounts.
      Volumes: undefined,
      MacAddress: network ? config.MacAddress : undefined,
      Labels: Object.fromEntries(Object.entries(map(config.Labels)).filter(isOwn)),
    },
    HostConfig: {
      ...host,
      NetworkMode: network ? NetworkMode : undefined,
      // Compose gives each volume its driver.
      VolumeDriver: undefined,
      ExtraHosts: list(ExtraHosts).map(text).sort(),
      SecurityOpt: [...new Set(list(SecurityOpt).map(text))].sort(),
    },
    Links: [
      ...new Set(
        [...list(Links), ...endpoints.flatMap(([, one]) => list(map(one).Links))].map(text),
      ),
    ].sort(),
    Networks: network
      ? Object.fromEntries(
          endpoints.map(([name, one]) => [name, { ...map(one), Links: undefined }]),
        )
      : undefined,
    Mounts: list(json.Mounts)
      .map((mount) =>
        composeMount(map(mountPointOf(map(mount))), { binds: list(Binds), mounts: list(Mounts) }),
      )
      .sort(byText),
  });
}

/** A mount point with what only the request says of it, in whichever form. */
function composeMount(
  mount: Json,
  { binds, mounts }: { readonly binds: readonly unknown[]; readonly mounts: readonly unknown[] },
): Json {
  const bind = binds
    .map(text)
    .find((one) => one.split(',')[0]?.endsWith(`:${text(mount.Destination)}`));
  const words = bind?.split(',').slice(1) ?? [];
  const config = mounts.map(map).find((one) => one.Target === mount.Destination) ?? {};
  const { NoCopy, ...volume } = map(config.VolumeOptions);
  const { CreateMountpoint, ...recursive } = map(config.BindOptions);
  return {
    ...mount,
    // The engine labels volumes by itself, in one of its forms only.
    Mode: mount.Type === 'bind' ? text(mount.Mode).replace(/[^zZ]/g, '') : '',
    Propagation: mount.Propagation === 'rprivate' ? '' : mount.Propagation,
    // The driver is a fact of the volume, and the propagation one of the mount point.
    Volume: {
      ...volume,
      DriverConfig: undefined,
      NoCopy: NoCopy === true || words.includes('nocopy'),
    },
    Bind: { ...recursive, Propagation: undefined },
    Creates:
      mount.Type === 'bind' &&
      mount.Source !== '/var/run/docker.sock' &&
      (bind !== undefined || CreateMountpoint === true),
    Image: config.ImageOptions,
    Tmpfs: config.TmpfsOptions,
  };
}

/** A number that a double cannot hold, as text. */
function exactIntegers(raw: string): string {
  return raw.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}/g, (token) =>
    token.startsWith('"') ? token : JSON.stringify(token),
  );
}

function hostOf(host: Json): Json {
  const { Binds, Mounts, Links, CapAdd, CapDrop, DeviceRequests, Tmpfs } = host;
  return {
    ...host,
    // A privileged container has neither masked nor read-only paths.
    ...(host.Privileged === true && { MaskedPaths: undefined, ReadonlyPaths: undefined }),
    // The docker CLI writes the id to that file, and the engine only stores its name.
    ContainerIDFile: undefined,
    ConsoleSize: undefined,
    // Two words for what is used where nothing is given.
    RestartPolicy: { Name: 'no', ...map(pruned(host.RestartPolicy)) },
    Isolation: host.Isolation === 'default' ? '' : host.Isolation,
    NetworkMode: host.NetworkMode === 'default' ? 'bridge' : host.NetworkMode,
    Binds: list(Binds)
      .map((bind) => bindOf(text(bind)))
      .sort(),
    Mounts: list(Mounts)
      .map((mount) => map(pruned(mount)))
      .sort(byText),
    Links: list(Links).map(linkOf).sort(),
    VolumesFrom: list(host.VolumesFrom).map((from) => text(from).replace(/:rw$/, '')),
    CapAdd: list(CapAdd).map(capability).sort(),
    CapDrop: list(CapDrop).map(capability).sort(),
    SecurityOpt: list(host.SecurityOpt).map(text).sort(),
    Ulimits: list(host.Ulimits).toSorted(byText),
    Tmpfs: Object.fromEntries(
      Object.entries(map(Tmpfs)).map(([path, words]) => [path, text(words).split(',').sort()]),
    ),
    DeviceRequests: list(DeviceRequests).map((request) => {
      const { Capabilities, ...others } = map(request);
      return {
        ...others,
        Capabilities: list(Capabilities).map((set) => [...new Set(list(set))].sort()),
      };
    }),
  };
}

/** `net_admin` is `CAP_NET_ADMIN`. */
function capability(name: unknown): string {
  const full = text(name).toUpperCase();
  return full === 'ALL' || full.startsWith('CAP_') ? full : `CAP_${full}`;
}

/** `rw` is what a bind mount is anyway, and the order of words means nothing. */
function bindOf(bind: string): string {
  const [, path = '', words = ''] = /^(.*?:[^:]*)(?::([^:/]*))?$/.exec(bind) ?? [];
  const kept = words.split(',').filter((word) => word !== '' && word !== 'rw');
  return [path, ...kept.sort()].join(',');
}

/** `/db:/web/alias`, where the second word is the container's own name; without an alias, the name is the alias. */
function linkOf(link: unknown): string {
  const plain = text(link).replace(/^\/([^:]+):\/[^/]+\/(.+)$/, '$1:$2');
  return plain.includes(':') ? plain : `${plain}:${plain}`;
}

function endpointOf(endpoint: Json, id: string): Json {
  const { Aliases, IPAMConfig, Links, DriverOpts, MacAddress, GwPriority } = endpoint;
  return {
    Attached: true,
    Aliases: list(Aliases)
      .filter((alias) => !isOf(id, alias))
      .sort(),
    IPAMConfig,
    Links: list(Links).map(linkOf).sort(),
    DriverOpts,
    MacAddress,
    GwPriority,
  };
}

function mountPointOf(mount: Json): Json {
  const anonymous = /^[0-9a-f]{64}$/.test(text(mount.Name));
  return {
    ...mount,
    ...(anonymous && { Name: 'anonymous', Source: '' }),
    // An image is mounted below the engine's directory, at another path each time.
    ...(mount.Type === 'image' && { Source: '' }),
    Mode: text(mount.Mode)
      .split(',')
      .filter((word) => word !== 'rw')
      .sort()
      .join(','),
  };
}

/** A container's short id. */
function isOf(id: string, value: unknown): boolean {
  return text(value).length >= 12 && id.startsWith(text(value));
}

/** Without what means nothing: null, zero, empty texts, lists and objects. An empty list of masked paths means none. */
export function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => pruned(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, one]) => [name, pruned(one)] as const)
      .filter(
        ([name, one]) =>
          !isEmpty(one) || (meaningful.has(name) && one !== null && one !== undefined),
      )
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

const meaningful = new Set(['MaskedPaths', 'ReadonlyPaths', 'Init', 'StopTimeout']);

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === 0 || value === false)
    return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function map(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
