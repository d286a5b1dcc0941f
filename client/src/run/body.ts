/** Spec → what the engine is asked for, as the docker program itself would ask. */
import { hostConfigOf } from './body-host.ts';
import { endpointsOf } from './body-network.ts';
import { environmentOf, labelsOf } from './env.ts';
import { volumeMount } from './mounts.ts';
import { bindings, given, numberOf, type Outside } from './body-parts.ts';
import { numbersOf } from './ports.ts';
import { all, has, type RunSpec } from './spec.ts';
import { nanosecondsOf } from './values.ts';

/** The body of `POST /containers/create`; what was not said is left out. */
export function createBody(spec: RunSpec, outside: Outside): object {
  const { texts } = spec;
  const health = healthOf(spec);
  const entrypoint = texts.entrypoint;
  return {
    ...given('Hostname', texts.hostname),
    ...given('Domainname', texts.domainname),
    ...given('User', texts.user),
    ...given('WorkingDir', texts.workdir),
    ...given('StopSignal', texts['stop-signal']),
    ...given('StopTimeout', numberOf(texts['stop-timeout'])),
    ...given('MacAddress', texts['mac-address']),
    ...streamsOf(spec),
    ExposedPorts: Object.fromEntries(exposedPorts(spec).map((port) => [port, {}])),
    Env: environmentOf(spec, outside),
    Labels: labelsOf(spec, outside),
    ...(spec.command.length > 0 && { Cmd: spec.command }),
    ...(entrypoint !== undefined && { Entrypoint: [entrypoint] }),
    ...(health && { Healthcheck: health }),
    Image: spec.image,
    Volumes: Object.fromEntries(anonymousVolumes(spec).map((path) => [path, {}])),
    HostConfig: hostConfigOf(spec, outside),
    ...given('NetworkingConfig', endpointsOf(spec)),
  };
}

function exposedPorts(spec: RunSpec): readonly string[] {
  const exposed = all(spec, 'expose').flatMap((text) => {
    const [range = '', protocol = 'tcp'] = text.split('/');
    return (numbersOf(range) ?? []).map((port) => `${port}/${protocol}`);
  });
  return [...exposed, ...bindings(spec).map(({ port }) => port)];
}

function anonymousVolumes(spec: RunSpec): readonly string[] {
  return all(spec, 'volume').flatMap((text) => {
    const mount = volumeMount(text);
    return typeof mount !== 'string' && mount.source === '' ? [mount.target] : [];
  });
}

/** Detached, nothing is attached; else what was asked for, or all that there is. */
function streamsOf(spec: RunSpec): object {
  const open = has(spec, 'interactive');
  const asked = all(spec, 'attach').map((name) => name.toLowerCase());
  const attached = (name: string): boolean =>
    !has(spec, 'detach') &&
    ((name === 'stdin' && open) || (asked.length > 0 ? asked.includes(name) : name !== 'stdin'));
  return {
    Tty: has(spec, 'tty'),
    OpenStdin: open,
    StdinOnce: open && attached('stdin'),
    AttachStdin: attached('stdin'),
    AttachStdout: attached('stdout'),
    AttachStderr: attached('stderr'),
  };
}

function healthOf(spec: RunSpec): object | undefined {
  if (has(spec, 'no-healthcheck')) return { Test: ['NONE'] };
  const { texts } = spec;
  const nano = (text: string | undefined) => (text === undefined ? undefined : nanosecondsOf(text));
  const command = texts['health-cmd'];
  const health = {
    ...(command !== undefined && command !== '' && { Test: ['CMD-SHELL', command] }),
    ...given('Interval', nano(texts['health-interval'])),
    ...given('Timeout', nano(texts['health-timeout'])),
    ...given('StartPeriod', nano(texts['health-start-period'])),
    ...given('StartInterval', nano(texts['health-start-interval'])),
    ...given('Retries', numberOf(texts['health-retries'])),
  };
  return Object.keys(health).length === 0 ? undefined : health;
}
