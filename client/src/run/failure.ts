/** The reason why a container was not created or did not start, in one sentence. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { gpuTrouble } from './gpu.ts';
import type { RunSpec } from './spec.ts';
import type { Place } from './trouble.ts';

export interface Failure {
  readonly message: string;
  /** The field to look at. */
  readonly place?: Place;
}

/** From the error message of the engine, which is used itself if it is not recognized. */
export function failureOf(
  text: string,
  { spec, containers }: { readonly spec: RunSpec; readonly containers: readonly Container[] },
): Failure {
  return (
    portFailure(text, containers) ??
    nameFailure(text, containers) ??
    mountFailure(text) ??
    gpuFailure(text) ??
    programFailure(text, spec) ?? { message: withoutPrefixes(text) }
  );
}

/** Messages of engines before 28 and since. */
const portInUse =
  /:(\d+) failed: port is already allocated|:(\d+): bind: address already in use|bind host port for (?:\[[^\]]*\]|[\d.]+):(\d+):.*: address already in use/;
const portForbidden =
  /:(\d+): bind: permission denied|bind host port for (?:\[[^\]]*\]|[\d.]+):(\d+):.*: permission denied/;

/** The port that is in use according to the message; undefined for other messages. */
export function takenPort(text: string): number | undefined {
  const port = portInUse.exec(text)?.slice(1).find(Boolean);
  return port === undefined ? undefined : Number(port);
}

function portFailure(text: string, containers: readonly Container[]): Failure | undefined {
  const place = 'publish';
  const root = portForbidden.exec(text)?.slice(1).find(Boolean);
  if (root !== undefined) {
    return {
      place,
      message: t('the engine is not allowed to use port {0}; ports below 1024 require root', root),
    };
  }
  const port = takenPort(text);
  if (port === undefined) return undefined;
  const holder = containers.find(
    ({ state, ports }) => state === 'running' && ports.some(({ host }) => host === port),
  );
  const message =
    holder === undefined
      ? t('port {0} is in use by another program', port)
      : t('port {0} is in use by {1}', port, holder.name);
  return { place, message };
}

function nameFailure(text: string, containers: readonly Container[]): Failure | undefined {
  const [, name, id = ''] =
    /name "?\/?([\w.-]+)"? is already in use by (?:container )?"?([0-9a-f]*)/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const other = containers.find((one) => one.id === id || one.name === name);
  const message =
    other?.state === 'running'
      ? t('the name {0} is in use by a running container', name)
      : t('the name {0} is in use by a stopped container', name);
  return { place: 'name', message };
}

function mountFailure(text: string): Failure | undefined {
  const missing = /bind source path does not exist: (\S+)/.exec(text)?.[1];
  if (missing !== undefined) return { place: 'mount', message: t('{0} does not exist', missing) };
  const kinds =
    /mounting "([^"]+)" to rootfs at "([^"]+)".*(?:not a directory|Are you trying to mount a directory onto a file)/s.exec(
      text,
    );
  if (kinds !== null) {
    return {
      place: 'volume',
      message: t(
        '{0} and {1} must both be files or both be directories',
        kinds[1] ?? '',
        kinds[2] ?? '',
      ),
    };
  }
  const denied = /error while creating mount source path '([^']+)': (.*)/.exec(text);
  if (denied === null) return undefined;
  return {
    place: 'volume',
    message: t('{0} could not be created: {1}', denied[1] ?? '', denied[2] ?? ''),
  };
}

function gpuFailure(text: string): Failure | undefined {
  if (/could not select device driver|unknown runtime specified nvidia/i.test(text)) {
    const message = gpuTrouble({ available: false, devices: [] }) ?? text;
    return { place: 'gpus', message };
  }
  const device = /unresolvable CDI devices ([^\s,]+)/.exec(text)?.[1];
  if (device !== undefined)
    return { place: 'gpus', message: t('device {0} does not exist', device) };
  if (!/nvidia-container-cli: |libnvidia-ml/.test(text)) return undefined;
  const reason = /nvidia-container-cli: (?:[\w ]+: )?([^\n:]+)/.exec(text)?.[1] ?? text;
  return { place: 'gpus', message: t('NVIDIA Container Toolkit: {0}', reason.trim()) };
}

function programFailure(text: string, spec: RunSpec): Failure | undefined {
  const program =
    /exec: "([^"]*)": (?:stat [^:]*: no such|executable file not found|.*no such file)/.exec(
      text,
    )?.[1];
  const place = spec.texts.entrypoint === undefined ? 'command' : 'entrypoint';
  if (program !== undefined)
    return { place, message: t('executable {0} was not found in the image', program) };
  if (/exec format error/.test(text)) {
    return { place: 'platform', message: t('the image was built for another CPU architecture') };
  }
  const user = /unable to find user ([^:]+): no matching entries/.exec(text)?.[1];
  if (user !== undefined)
    return { place: 'user', message: t('user {0} does not exist in the image', user) };
  return /no command specified/i.test(text)
    ? { place: 'command', message: t('the image has no command; enter one') }
    : undefined;
}

/** The message without the prefixes that runtimes add. */
function withoutPrefixes(text: string): string {
  return text
    .replace(
      /^(?:Error response from daemon: )?(?:failed to create (?:shim )?task(?: for container)?: )?/,
      '',
    )
    .replace(
      /^(?:failed to create shim task: )?OCI runtime create failed: .*?starting container process caused: /,
      '',
    )
    .trim();
}
