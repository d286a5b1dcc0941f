/** A program in a container as one stream in both directions: its standard input and output, without a terminal. */
import { Duplex } from 'node:stream';
import { object, text } from './json-readers.ts';
import { demultiplex } from './log-frames.ts';
import { requestJson } from './requests.ts';
import { segment } from './request.ts';
import type { Wire } from './wire.ts';

/** The end of standard error is kept for messages. */
const longestErrors = 4000;

export interface ContainerProgram {
  readonly container: string;
  readonly argv: readonly string[];
  /** The error of the stream if the program ends after it wrote this to standard error. */
  readonly toError: (output: string) => Error;
}

/** Starts the program in a running container; it ends with the stream. Rejects with EngineError. */
export async function openInContainer(
  wire: Wire,
  { container, argv, toError }: ContainerProgram,
): Promise<Duplex> {
  const request = {
    method: 'POST',
    path: `/containers/${segment(container)}/exec`,
    body: { AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: false, Cmd: argv },
  } as const;
  const reader = object<{ readonly Id: string }>({ Id: text }, 'Id');
  const { Id } = await requestJson(wire, request, reader);
  const socket = await wire.hijack({
    method: 'POST',
    path: `/exec/${segment(Id)}/start`,
    body: { Detach: false, Tty: false },
  });
  let errors = '';
  const addError = (part: Uint8Array): void => {
    errors = `${errors}${Buffer.from(part).toString()}`.slice(-longestErrors);
  };
  const output = programOutput(
    demultiplex(socket as AsyncIterable<Uint8Array>, addError),
    addError,
  );
  const end = (stream: Duplex): void => {
    if (errors.trim() === '') stream.push(null);
    else stream.destroy(toError(errors));
  };
  return joined(socket, output, end);
}

/** The engine writes to the output why it could not start the program. */
async function* programOutput(
  output: AsyncIterable<Uint8Array>,
  addError: (part: Uint8Array) => void,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  let isFirst = true;
  for await (const chunk of output) {
    const isMessage = isFirst && /^(?:OCI runtime|exec failed)/.test(asText(chunk));
    if (isMessage) addError(chunk);
    else yield chunk;
    isFirst = false;
  }
}

function asText(chunk: Uint8Array): string {
  return Buffer.from(chunk.subarray(0, 100)).toString('latin1');
}

/** Writes to the socket, and reads its output; `end` is called when it ends. */
function joined(
  socket: Duplex,
  output: AsyncIterator<Uint8Array, undefined>,
  end: (stream: Duplex) => void,
): Duplex {
  const stream: Duplex = new Duplex({
    read: () => {
      void pull(output, stream, end);
    },
    write: (chunk: Buffer, _encoding, done) => {
      socket.write(chunk, done);
    },
    final: (done) => socket.end(done),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  socket.on('error', (error) => stream.destroy(error));
  return stream;
}

async function pull(
  output: AsyncIterator<Uint8Array, undefined>,
  stream: Duplex,
  end: (stream: Duplex) => void,
): Promise<void> {
  try {
    const { done, value } = await output.next();
    if (stream.destroyed) return;
    if (done === true) end(stream);
    else stream.push(value);
  } catch (error) {
    stream.destroy(error as Error);
  }
}
