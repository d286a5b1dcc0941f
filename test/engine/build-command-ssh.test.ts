/** `drydock build --ssh`, with an agent of OpenSSH, key files, and a private Git repository, on both engines. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { whereIs } from '../../scripts/setup/run.mts';
import { reportOf, runBuild, type Ran } from './build-program.ts';
import { waitUntil } from './contract.ts';
import { importPrograms } from './failed-builds/base-images.ts';
import { startEngines } from './two-engines.ts';

const run = promisify(execFile);

const clientPrograms =
  'ssh ssh-add ssh-agent ssh-keygen git git-upload-pack cat chmod mkdir sort'.split(' ');
const missing = clientPrograms.filter((name) => whereIs(name) === undefined);
if (missing.length > 0) console.log(`Skipped, not installed: ${missing.join(', ')}`);
const server = whereIs('dropbear');
if (server === undefined) console.log('Skipped in part, not installed: dropbear');

const image = 'localhost/drydock-ssh:1';
const engines = missing.length > 0 ? [] : await startEngines();
const programs = [...clientPrograms, ...(server === undefined ? [] : ['dropbear'])];
await Promise.all(engines.map(({ docker }) => importPrograms(docker, image, programs)));
afterAll(async () => {
  for (const engine of engines) await engine.stop();
});

interface Key {
  readonly path: string;
  readonly fingerprint: string;
  readonly publicKey: string;
}

/** A key made by ssh-keygen. */
async function createKey(folder: string, kind: string, passphrase = ''): Promise<Key> {
  const file = path.join(folder, `key-${kind}`);
  await run('ssh-keygen', ['-q', '-t', kind, '-N', passphrase, '-C', `${kind} key`, '-f', file]);
  const { stdout } = await run('ssh-keygen', ['-l', '-f', `${file}.pub`]);
  return {
    path: file,
    fingerprint: stdout.split(' ')[1] ?? '',
    publicKey: await readFile(`${file}.pub`, 'utf8'),
  };
}

describe.skipIf(engines.length === 0)('builds with SSH', () => {
  let home: string;
  let socket: string;
  let agent: ChildProcess;
  let folder: string;

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'drydock-ssh-'));
    socket = path.join(home, 'agent');
    agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    await waitUntil(() => lstat(socket).then(() => true, () => false)); // prettier-ignore
  });
  afterAll(async () => {
    agent.kill();
    await rm(home, { recursive: true, force: true });
  });
  beforeEach(async () => {
    // A test that failed leaves its key.
    await run('ssh-add', ['-q', '-D'], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
    folder = await mkdtemp(path.join(tmpdir(), 'drydock-ssh-context-'));
    return () => rm(folder, { recursive: true, force: true });
  });

  async function addToAgent({ path: file }: Key): Promise<() => Promise<unknown>> {
    const env = { ...process.env, SSH_AUTH_SOCK: socket };
    await run('ssh-add', ['-q', file], { env });
    return () => run('ssh-add', ['-q', '-d', file], { env });
  }

  const agentKeys = async (): Promise<string> => {
    const env = { ...process.env, SSH_AUTH_SOCK: socket };
    return (await run('ssh-add', ['-l'], { env })).stdout;
  };

  describe.each(engines)('on engine $version', ({ host }) => {
    /** Without the cache, so that each step runs. */
    async function build(
      steps: readonly string[],
      options: readonly string[],
      env: NodeJS.ProcessEnv = {},
    ): Promise<Ran> {
      const lines = [`FROM ${image}`, ...steps, ''];
      await writeFile(path.join(folder, 'Dockerfile'), lines.join('\n'));
      const argv = ['--format', 'json', '--no-cache', ...options, '.'];
      return runBuild(folder, argv, { env: { DOCKER_HOST: host, SSH_AUTH_SOCK: '', ...env } });
    }

    test('a step lists the keys of the agent, and can neither add nor remove keys', async () => {
      const key = await createKey(folder, 'ed25519');
      const remove = await addToAgent(key);
      const steps = [
        'RUN --mount=type=ssh ssh-add -l',
        'RUN --mount=type=ssh ! ssh-add -D && ssh-keygen -q -t ed25519 -N "" -f /new && ! ssh-add /new',
      ];
      const ran = await build(steps, ['--ssh', 'default'], { SSH_AUTH_SOCK: socket });
      expect(ran.code, ran.err).toBe(0);
      expect(ran.err).toContain(`${key.fingerprint} ed25519 key (ED25519)`);
      expect(await agentKeys()).toContain(key.fingerprint);
      expect((await agentKeys()).trim().split('\n')).toHaveLength(1);
      await remove();
    });

    test('a step gets the agent that it names', async () => {
      const [key, other] = [await createKey(folder, 'ed25519'), await createKey(folder, 'ecdsa')];
      const remove = await addToAgent(key);
      const steps = [
        'RUN --mount=type=ssh,id=one ssh-add -l',
        'RUN --mount=type=ssh,id=two ssh-add -l',
      ];
      const ran = await build(steps, ['--ssh', `one=${socket}`, '--ssh', `two=${other.path}`]);
      expect(ran.code, ran.err).toBe(0);
      const [first = '', second = ''] = ran.err.split('id=two ssh-add -l');
      expect([first.includes(key.fingerprint), first.includes(other.fingerprint)]).toEqual([
        true,
        false,
      ]);
      expect([second.includes(key.fingerprint), second.includes(other.fingerprint)]).toEqual([
        false,
        true,
      ]);
      await remove();
    });

    test('a step lists the keys of key files', async () => {
      const keys = [
        await createKey(folder, 'ed25519'),
        await createKey(folder, 'rsa'),
        await createKey(folder, 'ecdsa'),
      ];
      const paths = keys.map((key) => key.path).join(',');
      const ran = await build(['RUN --mount=type=ssh ssh-add -l'], ['--ssh', `default=${paths}`]);
      expect(ran.code, ran.err).toBe(0);
      for (const key of keys) expect(ran.err).toContain(key.fingerprint);
    });

    test('the failure of a step without an agent is on its mount', async () => {
      const ran = await build(['RUN --mount=type=ssh,required=true ssh-add -l'], []);
      expect(ran.code).toBe(1);
      expect(reportOf(ran).error).toMatchObject({ line: 2, column: 18, endLine: 2, endColumn: 21 });
    });

    test.each([
      ['no agent', ['--ssh', 'default'], /No SSH agent is running: SSH_AUTH_SOCK is not set/],
      [
        'a missing key',
        ['--ssh', 'default=none'],
        /Could not read the SSH key .*none: No such file/,
      ],
      [
        'a file that is not a key',
        ['--ssh', 'default=Dockerfile'],
        /Could not read the SSH key .*Dockerfile: it is not a private key/,
      ],
    ])('reports %s', async (_, options, message) => {
      const ran = await build(['RUN --mount=type=ssh ssh-add -l'], options);
      expect(ran.code).toBe(1);
      expect(reportOf(ran).error?.message).toMatch(message);
    });

    test('reports a key with a passphrase', async () => {
      const key = await createKey(folder, 'ed25519', 'passphrase');
      const ran = await build(
        ['RUN --mount=type=ssh ssh-add -l'],
        ['--ssh', `default=${key.path}`],
      );
      expect(ran.code).toBe(1);
      expect(reportOf(ran).error?.message).toMatch(/has a passphrase: add it to an SSH agent/);
    });

    test.skipIf(server === undefined).each(['agent', 'ed25519', 'rsa', 'ecdsa'])(
      'clones a private repository over SSH with a key of kind %s',
      async (kind) => {
        const key = await createKey(home, kind === 'agent' ? 'ed25519' : kind);
        const remove = kind === 'agent' ? await addToAgent(key) : undefined;
        await createRepository(folder, key);
        const clone = 'git clone -q ssh://root@127.0.0.1:2222/srv/private.git /srv/clone';
        const steps = [
          'COPY private.git /srv/private.git',
          'COPY authorized_keys /root/.ssh/authorized_keys',
          'RUN chmod 700 /root /root/.ssh && chmod 600 /root/.ssh/authorized_keys && mkdir -p /etc/dropbear',
          // Without the key, the server refuses the connection.
          'ENV GIT_SSH_COMMAND="ssh -o BatchMode=yes -o StrictHostKeyChecking=no"',
          `RUN dropbear -R -E -s -p 127.0.0.1:2222 && ! ${clone}`,
          `RUN --mount=type=ssh dropbear -R -E -s -p 127.0.0.1:2222 && ${clone} && cat /srv/clone/private.txt`,
        ];
        const ssh = kind === 'agent' ? 'default' : `default=${key.path}`;
        const ran = await build(steps, ['--ssh', ssh], { SSH_AUTH_SOCK: socket });
        await remove?.();
        for (const file of [key.path, `${key.path}.pub`]) await rm(file);
        expect(ran.code, ran.err).toBe(0);
        expect(ran.err).toContain('content of the private repository');
      },
    );
  });
});

/** A bare repository with one file, and the key that can read it. */
async function createRepository(folder: string, { publicKey }: Key): Promise<void> {
  const work = path.join(folder, 'work');
  await mkdir(work);
  await writeFile(path.join(work, 'private.txt'), 'content of the private repository\n');
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const git = (...args: string[]) => run('git', args, { cwd: work, env });
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  await git('init', '-q', '-b', 'main');
  await git('add', '.');
  await git(...author, 'commit', '-q', '-m', 'first');
  await git('clone', '-q', '--bare', '.', path.join(folder, 'private.git'));
  await rm(work, { recursive: true });
  await writeFile(path.join(folder, 'authorized_keys'), publicKey);
}
