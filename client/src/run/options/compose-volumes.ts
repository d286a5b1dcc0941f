/** Mounts of a compose service. */
import { optionValue, optionValues, volumeText, type Mount } from '../mounts.ts';
import { pairsOf } from '../../command-line/values.ts';
import { relative } from './compose-keys.ts';
import type { ComposeLine, ComposePart, Yaml } from './option.ts';

/** `--tmpfs` as an entry of `tmpfs`. */
export function composeTmpfs(mounts: readonly Mount[]): ComposePart {
  const entries = mounts.map((mount) => volumeText({ ...mount, source: '' }));
  return { service: { tmpfs: [...new Set(entries)] } };
}

/** `-v` in the short form of compose, which creates a missing source of a bind mount. */
export function composeShort(mounts: readonly Mount[], line: ComposeLine): ComposePart {
  const driver = line.values('volume-driver').at(-1);
  const entries = mounts.map((mount) =>
    volumeText({
      ...mount,
      source: mount.type === 'bind' ? relative(mount.source, line.folder) : mount.source,
    }),
  );
  return {
    service: { volumes: [...new Set(entries)] },
    volumes: volumesOf(mounts, () => (driver === undefined ? {} : { driver })),
    // Compose sends these as mounts, which have no SELinux label.
    left: mounts
      .filter(({ options }) => options.some(isLabel) && options.some(isPropagation))
      .map(({ target }) => `SELinux label of ${target}`),
  };
}

const isLabel = (word: string): boolean => /^[zZ]$/.test(word);
const isPropagation = (word: string): boolean => /^r?(?:private|shared|slave)$/.test(word);

/** `--mount` in the long form of compose. */
export function composeLong(mounts: readonly Mount[], line: ComposeLine): ComposePart {
  const anonymous = mounts.filter(({ type, source }) => type === 'volume' && source === '');
  return {
    service: { volumes: mounts.map((mount) => entryOf(mount, line)) },
    volumes: volumesOf(mounts, driverOf),
    left: anonymous
      .filter((mount) => Object.keys(driverOf(mount)).length > 0)
      .map(({ target }) => `volume driver of ${target}`),
  };
}

/** Top-level volumes; with `name`, because compose otherwise adds the project name as a prefix. */
function volumesOf(mounts: readonly Mount[], more: (mount: Mount) => Yaml): Yaml {
  const named = mounts.filter(({ type, source }) => type === 'volume' && source !== '');
  return Object.fromEntries(
    named.map((mount) => [mount.source, { name: mount.source, ...more(mount) }]),
  );
}

function driverOf(mount: Mount): Yaml {
  const name = optionValue(mount, 'volume-driver');
  const options = optionValues(mount, 'volume-opt');
  return {
    ...(name !== undefined && { driver: name }),
    ...(options.length > 0 && { driver_opts: pairsOf(options) }),
  };
}

function entryOf(mount: Mount, { folder }: ComposeLine): Yaml {
  const { type, source, target, readOnly } = mount;
  const consistency = optionValue(mount, 'consistency');
  const groups = {
    bind: type === 'bind' ? bindOf(mount) : {},
    volume: volumeOf(mount),
    image: given('subpath', optionValue(mount, 'image-subpath')),
    tmpfs: tmpfsOf(mount),
  };
  return {
    type,
    ...(source !== '' && { source: type === 'bind' ? relative(source, folder) : source }),
    target,
    ...(readOnly && { read_only: true }),
    ...given('consistency', consistency),
    ...Object.fromEntries(
      Object.entries(groups).filter(([, group]) => Object.keys(group).length > 0),
    ),
  };
}

function given(name: string, value: string | undefined): Yaml {
  return value === undefined ? {} : { [name]: value };
}

function isTrue(mount: Mount, option: string): boolean {
  return /^(?:1|t|true)$/i.test(optionValue(mount, option) ?? '');
}

function bindOf(mount: Mount): Yaml {
  const recursive = isTrue(mount, 'bind-nonrecursive')
    ? 'disabled'
    : optionValue(mount, 'bind-recursive');
  return {
    create_host_path: isTrue(mount, 'bind-create-src'),
    ...given('propagation', optionValue(mount, 'bind-propagation')),
    ...(recursive !== 'enabled' && given('recursive', recursive)),
  };
}

function volumeOf(mount: Mount): Yaml {
  const labels = optionValues(mount, 'volume-label');
  return {
    ...(isTrue(mount, 'volume-nocopy') && { nocopy: true }),
    ...given('subpath', optionValue(mount, 'volume-subpath')),
    ...(labels.length > 0 && { labels: pairsOf(labels) }),
  };
}

function tmpfsOf(mount: Mount): Yaml {
  const mode = optionValue(mount, 'tmpfs-mode');
  return {
    ...given('size', optionValue(mount, 'tmpfs-size')),
    ...(mode !== undefined && { mode: Number.parseInt(mode, 8) }),
  };
}
