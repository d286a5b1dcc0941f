/** Agents for builds: they list keys and sign, and do nothing else. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { existsSync } from 'node:fs';
import { agentTypes, serveAgent, withLength, type AgentConnection } from './agent.ts';
import { agentSources } from './sources.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-agent-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** An agent that answers each request with its type. */
function recordingAgent(seen: number[]): AgentConnection {
  return {
    answer: (request) => {
      seen.push(request[0]!);
      return Promise.resolve(Buffer.from([request[0]!]));
    },
    close: () => undefined,
  };
}

async function* chunksOf(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield* chunks;
}

async function exchange(agent: AgentConnection, ...chunks: readonly Uint8Array[]) {
  const answers: Buffer[] = [];
  await serveAgent(chunksOf(...chunks), agent, (answer) => void answers.push(answer));
  return answers;
}

test('passes on only requests that list keys or sign', async () => {
  const seen: number[] = [];
  const requests = Array.from({ length: 256 }, (_, type) => withLength(Buffer.from([type])));
  const answers = await exchange(recordingAgent(seen), ...requests);
  expect(seen).toEqual([agentTypes.listKeys, agentTypes.sign]);
  const refused = answers.filter((answer) => answer[4] === agentTypes.failure);
  expect(refused).toHaveLength(254);
});

test('reads requests that are divided at any place', async () => {
  const seen: number[] = [];
  const bytes = Buffer.concat([withLength(Buffer.from([11])), withLength(Buffer.from([13, 1, 2]))]);
  await exchange(recordingAgent(seen), ...Array.from(bytes, (byte) => Uint8Array.of(byte)));
  expect(seen).toEqual([11, 13]);
});

test.each([0, 0xffffffff, 300_000])('ends for a request of %i bytes', async (length) => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  await expect(exchange(recordingAgent([]), head)).rejects.toThrow('invalid length');
});

test('reports an agent that is not running, and keys that cannot be read', async () => {
  const messageFor = (paths: readonly string[], agent?: string) =>
    agentSources([{ id: 'default', paths }], agent ?? '').catch(
      (error: unknown) => (error as Error).message,
    );
  expect(await messageFor([])).toBe('No SSH agent is running: SSH_AUTH_SOCK is not set');
  expect(await messageFor([join(folder, 'none')])).toMatch(/^Could not read the SSH key .*none/);
  await writeFile(join(folder, 'text'), 'hello');
  expect(await messageFor([join(folder, 'text')])).toMatch(
    /not a private key of a supported kind$/,
  );
});

const hasKeygen = existsSync('/usr/bin/ssh-keygen') && existsSync('/usr/bin/ssh-add');

describe.skipIf(!hasKeygen)('an agent with key files', () => {
  /** Serves the agent at a socket, for programs of OpenSSH. */
  async function listen(paths: readonly string[]): Promise<{ path: string; close(): void }> {
    const sources = await agentSources([{ id: '', paths }]);
    const path = join(folder, `agent-${Math.random()}`);
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      const serve = async () => {
        const agent = await sources.get('default')!();
        await serveAgent(socket, agent, (answer) => void socket.write(answer));
      };
      serve().catch(() => socket.destroy());
    });
    await new Promise<void>((ready) => server.listen(path, ready));
    return { path, close: () => server.close() };
  }

  function runWith(agent: string, program: string, ...args: string[]) {
    const child = spawn(program, args, { env: { ...process.env, SSH_AUTH_SOCK: agent } });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    return new Promise<{ code: number | null; output: string }>((resolve) => {
      child.on('close', (code) => resolve({ code, output }));
    });
  }

  const kinds = [
    ['ed25519', []],
    ['rsa', ['-b', '2048']],
    ['rsa', ['-b', '2048', '-m', 'PEM']],
    ['ecdsa', ['-b', '256']],
    ['ecdsa', ['-b', '384']],
    ['ecdsa', ['-b', '521']],
    ['ecdsa', ['-b', '256', '-m', 'PKCS8']],
  ] as const;

  test.each(kinds)('lists and signs with an %s key %j', async (kind, options) => {
    const key = join(folder, `key-${Math.random()}`);
    execFileSync('ssh-keygen', ['-q', '-t', kind, ...options, '-N', '', '-f', key]);
    const agent = await listen([key]);
    const [, fingerprint = ''] = execFileSync('ssh-keygen', ['-lf', `${key}.pub`]).toString().split(' '); // prettier-ignore
    const list = await runWith(agent.path, 'ssh-add', '-l');
    expect(list.output).toContain(fingerprint);
    // OpenSSH requests a signature from the agent, and verifies it.
    const signed = await runWith(agent.path, 'ssh-add', '-T', `${key}.pub`);
    expect(signed).toMatchObject({ code: 0 });
    expect((await runWith(agent.path, 'ssh-add', '-D')).code).not.toBe(0);
    agent.close();
  });

  test('refuses a key with a passphrase, and names the way forward', async () => {
    for (const options of [[], ['-m', 'PEM']]) {
      const key = join(folder, `secret-${Math.random()}`);
      execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', ...options, '-N', 'a long passphrase', '-f', key]); // prettier-ignore
      await expect(agentSources([{ id: 'a', paths: [key] }])).rejects.toThrow(
        'has a passphrase: add it to an SSH agent',
      );
    }
  });
});
