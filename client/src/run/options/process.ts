/** Options for the process of a container, for attaching and for stopping. */
import { t } from '@vscode/l10n';
import { fullPath } from '../../command-line/paths.ts';
import type { ContainerConfig } from '../../engine/container-config.ts';
import { integerOf, isSame } from '../../command-line/values.ts';
import { key, notNeeded, on, one } from './compose-keys.ts';
import { flag, isOn, list, text, type Place, type Seen } from './option.ts';
import { config, host, number, plain, yes } from './places.ts';
import { absoluteInContainer, createSyntax, integer, oneOf } from '../../command-line/syntax.ts';

/** The streams of `--attach`, or all; none with `--detach`. */
const attach: Place = {
  write: (values, line) => {
    const open = isOn(line, 'interactive');
    const asked = new Set(values.map((one) => one.toLowerCase()));
    const attached = (stream: string): boolean =>
      !isOn(line, 'detach') &&
      ((stream === 'stdin' && open) || (asked.size > 0 ? asked.has(stream) : stream !== 'stdin'));
    return {
      config: {
        AttachStdin: attached('stdin'),
        AttachStdout: attached('stdout'),
        AttachStderr: attached('stderr'),
        StdinOnce: open && attached('stdin'),
      },
    };
  },
  read: ({ container: { config: seen } }) => {
    const streams = attachedStreams(seen);
    const usual = seen.OpenStdin === true ? 'stdin,stdout,stderr' : 'stdout,stderr';
    return streams.join(',') === usual ? [] : streams;
  },
};

function attachedStreams(seen: ContainerConfig): readonly string[] {
  return [
    ...(seen.AttachStdin === true ? ['stdin'] : []),
    ...(seen.AttachStdout === true ? ['stdout'] : []),
    ...(seen.AttachStderr === true ? ['stderr'] : []),
  ];
}

const restart: Place = {
  // The docker CLI sends `no` by default.
  write: (values) => {
    const [Name = '', retries = ''] = (values.at(-1) ?? 'no').split(':');
    return {
      host: { RestartPolicy: { Name, MaximumRetryCount: integerOf(retries) ?? 0 } },
    };
  },
  read: ({ container }) => {
    const { Name = '', MaximumRetryCount = 0 } = container.host.RestartPolicy ?? {};
    if (Name === '' || Name === 'no') return [];
    return [BigInt(MaximumRetryCount) > 0n ? `${Name}:${MaximumRetryCount}` : Name];
  },
};

/** The option has one word; further words of an entrypoint become the start of the command. */
const entrypoint: Place = {
  // An empty word removes the entrypoint of the image.
  write: (values) => (values.length === 0 ? {} : { config: { Entrypoint: [values.at(-1) ?? ''] } }),
  read: (seen) => {
    const { Entrypoint = [] } = seen.container.config;
    return inheritsEntrypoint(seen) ? [] : [Entrypoint[0] ?? ''];
  },
};

/** An explicit entrypoint drops the command of the image, even if it equals the entrypoint of the image. */
function inheritsEntrypoint({ container: { config: seen }, image }: Seen): boolean {
  const dropped = (seen.Cmd ?? []).length === 0 && (image.Cmd ?? []).length > 0;
  return isSame(seen.Entrypoint, image.Entrypoint) && !dropped;
}

/** The words after the image. */
export function commandOf(seen: Seen): readonly string[] {
  const { Entrypoint = [], Cmd = [] } = seen.container.config;
  if (!inheritsEntrypoint(seen)) return [...Entrypoint.slice(1), ...Cmd];
  return isSame(Cmd, seen.image.Cmd) ? [] : Cmd;
}

const restarts = /^(?:|(?:no|always|unless-stopped)(?::0*)?|on-failure(?::\d*)?)$/;

export const processOptions = {
  detach: flag({
    short: 'd',
    place: {
      read: ({ container }) => (attachedStreams(container.config).length === 0 ? ['true'] : []),
    },
    compose: notNeeded,
    field: 'mode',
  }),
  interactive: flag({
    short: 'i',
    place: config('OpenStdin', yes),
    compose: on('stdin_open'),
    field: 'mode',
  }),
  tty: flag({ short: 't', place: config('Tty', yes), compose: on('tty'), field: 'mode' }),
  attach: list({
    short: 'a',
    syntax: createSyntax((value) =>
      /^std(?:in|out|err)$/i.test(value)
        ? undefined
        : t('{0} is not valid; use {1}', value, 'stdin, stdout, stderr'),
    ),
    place: attach,
    compose: notNeeded,
  }),
  rm: flag({ place: host('AutoRemove', yes), field: 'check' }),
  // Engines can be configured to use an init process by default.
  init: flag({
    unset: undefined,
    place: host('Init', {
      encode: (values) => values.at(-1) === 'true',
      decode: (value) => [String(value)],
    }),
    compose: on('init'),
  }),
  pull: text({ syntax: oneOf('always', 'missing', 'never', ''), compose: key('pull_policy') }),
  platform: text({
    syntax: createSyntax((value) =>
      value === '' || isPlatform(value)
        ? undefined
        : t('{0} is not a valid platform; use a form such as linux/arm64', value),
    ),
    // Inspect returns only the operating system.
    place: { write: (values) => ({ query: queryOf('platform', values) }) },
    compose: key('platform'),
    field: 'text',
  }),
  name: text({
    syntax: createSyntax((value) =>
      value === '' || /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(value)
        ? undefined
        : t('{0} is not a valid name; use at least two letters, digits, _, . or -', value),
    ),
    place: {
      write: (values) => ({ query: queryOf('name', values) }),
      read: ({ container: { name } }) => (name === '' ? [] : [name]),
    },
    compose: key('container_name'),
    field: 'text',
  }),
  restart: text({
    syntax: createSyntax((value) =>
      restarts.test(value)
        ? undefined
        : t('{0} is not a restart policy; use no, always, unless-stopped or on-failure:5', value),
    ),
    place: restart,
    compose: (values) => {
      const policy = (values.at(-1) ?? '').replace(/:0*$/, '');
      return policy === '' || policy === 'no' ? {} : { service: { restart: policy } };
    },
    field: 'text',
  }),
} as const;

/** Operating systems and architectures that are valid alone. */
const lonePlatform =
  /^(?:aix|android|darwin|macos|dragonfly|freebsd|hurd|illumos|ios|js|linux|nacl|netbsd|openbsd|plan9|solaris|windows|zos|i?386|amd64(?:p32)?|x86[-_]64|arm(?:be|64|64be|hf|el)?|aarch64|ppc(?:64|64le)?|loong64|mips(?:le|64|64le|64p32|64p32le)?|riscv(?:64)?|s390x?|sparc(?:64)?|wasm)$/i;

/** Checks as containerd does: `linux/arm64`, `linux/arm/v7`, `windows(10.0.17763)/amd64`, `arm64`. */
function isPlatform(value: string): boolean {
  const [first = '', ...others] = value.split('/');
  const [, os = ''] = /^([\w-]+)(?:\([\w.-]*\))?$/.exec(first) ?? [];
  if (others.length === 0) return lonePlatform.test(os);
  return os !== '' && others.length <= 2 && others.every((part) => /^[\w.-]+$/.test(part));
}

function queryOf(name: 'name' | 'platform', values: readonly string[]): Record<string, string> {
  const value = values.at(-1) ?? '';
  return value === '' ? {} : { [name]: value };
}

/** Printed after options for networks and storage. */
export const programOptions = {
  user: text({
    short: 'u',
    brief: true,
    syntax: createSyntax((value) =>
      /\s/.test(value)
        ? t('{0} is not a valid user; use a name or a number, or uid:gid', value)
        : undefined,
    ),
    place: config('User', plain, (value, { image }) => value === (image.User ?? '')),
    compose: key('user'),
    field: 'text',
  }),
  workdir: text({
    short: 'w',
    brief: true,
    syntax: absoluteInContainer,
    place: config('WorkingDir', plain, (value, { image }) => value === (image.WorkingDir ?? '')),
    compose: key('working_dir'),
    field: 'text',
  }),
  entrypoint: text({
    place: entrypoint,
    compose: one('entrypoint', (value) => [value]),
    field: 'text',
  }),
} as const;

export const stopOptions = {
  'stop-signal': text({
    place: config('StopSignal', plain, (value, { image }) => value === (image.StopSignal ?? '')),
    compose: key('stop_signal'),
  }),
  'stop-timeout': text({
    syntax: integer(),
    place: config('StopTimeout', number),
    compose: (values) =>
      Number(values.at(-1)) < 0
        ? { left: ['--stop-timeout'] }
        : { service: { stop_grace_period: `${integerOf(values.at(-1) ?? '') ?? 0}s` } },
  }),
} as const;

/** Options of the docker CLI and its terminal. */
export const cliOptions = {
  cidfile: text({
    syntax: (value, context) => ({ value: fullPath(value, context) }),
    cliOnly: true,
    compose: notNeeded,
  }),
  'detach-keys': text({ cliOnly: true, compose: notNeeded }),
  'disable-content-trust': flag({ unset: true, cliOnly: true, compose: notNeeded }),
  help: flag({ cliOnly: true, compose: notNeeded }),
  quiet: flag({ short: 'q', cliOnly: true, compose: notNeeded }),
  'sig-proxy': flag({ unset: true, cliOnly: true, compose: notNeeded }),
} as const;
