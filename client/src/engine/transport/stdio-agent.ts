/** HTTP over the standard streams of a program: the way the docker CLI connects to an engine over SSH. */
import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import { openProgram } from './program-stream.ts';
import { sshError } from './ssh-errors.ts';

/** An agent that starts one process per connection; the process ends with the connection. */
export function stdioAgent(command: string, args: readonly string[]): Agent {
  const agent = new Agent({ keepAlive: false });
  return Object.assign(agent, { createConnection: () => openConnection(command, args) });
}

/** The arguments of ssh for `docker system dial-stdio` on a remote host. `BatchMode` prevents prompts. */
export function sshArguments(endpoint: {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  readonly socket?: string;
}): readonly string[] {
  return [
    ...(endpoint.user === undefined ? [] : ['-l', endpoint.user]),
    ...(endpoint.port === undefined ? [] : ['-p', String(endpoint.port)]),
    ...['-o', 'ConnectTimeout=30', '-o', 'BatchMode=yes', '-T', '--'],
    ...[endpoint.host, 'docker'],
    ...(endpoint.socket === undefined ? [] : ['--host', `unix://${endpoint.socket}`]),
    ...['system', 'dial-stdio'],
  ];
}

function openConnection(command: string, args: readonly string[]): Duplex {
  const argv = [command, ...args];
  const socket = openProgram(argv, (exit) => sshError(argv, exit));
  // Methods of a network socket that `http` calls and a pipe does not have.
  const returnSocket = () => socket;
  return Object.assign(socket, {
    setKeepAlive: returnSocket,
    setNoDelay: returnSocket,
    setTimeout: returnSocket,
    ref: returnSocket,
    unref: returnSocket,
  });
}
