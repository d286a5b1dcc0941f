/** The protocol of SSH agents (draft-miller-ssh-agent): a request and an answer, each with its length in four bytes. */
import { connect } from 'node:net';
import type { Readable, Writable } from 'node:stream';

/** Answers one request after the other; each is a type in one byte and its content. */
export interface AgentConnection {
  answer(request: Buffer): Promise<Buffer>;
  close(): void;
}

export const agentTypes = {
  failure: 5,
  listKeys: 11,
  keys: 12,
  sign: 13,
  signature: 14,
} as const;

export const failure = Buffer.from([agentTypes.failure]);

/** Only these: a build must not add or remove keys, or lock the agent. */
const allowed: readonly number[] = [agentTypes.listKeys, agentTypes.sign];

/** OpenSSH refuses longer ones, too. */
const longestMessage = 256 * 1024;

/** Passes requests of a build to an agent, as long as it only lists keys and signs. Ends with the requests. */
export async function serveAgent(
  requests: AsyncIterable<Uint8Array>,
  agent: AgentConnection,
  send: (answer: Buffer) => Promise<void> | undefined,
): Promise<void> {
  for await (const request of lengthPrefixed(requests)) {
    const isAllowed = allowed.includes(request[0] ?? 0);
    const answer = isAllowed ? await agent.answer(request).catch(() => failure) : failure;
    await send(withLength(answer));
  }
}

export function withLength(content: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(4 + content.length);
  framed.writeUInt32BE(content.length);
  framed.set(content, 4);
  return framed;
}

/** Cuts data into messages. Rejects if one is too long. */
async function* lengthPrefixed(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer, void, undefined> {
  let data = Buffer.alloc(0);
  for await (const chunk of chunks) {
    data = Buffer.concat([data, chunk]);
    while (data.length >= 4) {
      const length = data.readUInt32BE(0);
      if (length === 0 || length > longestMessage) throw new Error('invalid length of a message');
      if (data.length < 4 + length) break;
      yield data.subarray(4, 4 + length);
      data = data.subarray(4 + length);
    }
  }
}

/** The agent at a socket. Rejects if it does not accept the connection. */
export async function connectAgent(path: string): Promise<AgentConnection> {
  const socket = connect(path);
  socket.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return agentOver(socket, socket);
}

function agentOver(input: Readable & { destroy(): void }, output: Writable): AgentConnection {
  const answers = lengthPrefixed(input as AsyncIterable<Uint8Array>);
  return {
    answer: async (request) => {
      output.write(withLength(request));
      const next = await answers.next();
      if (next.done === true) throw new Error('the agent closed the connection');
      return next.value;
    },
    close: () => input.destroy(),
  };
}
