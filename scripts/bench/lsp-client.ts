/** A minimal client for any language server over stdio, with only what the measurements need. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly uri?: string; readonly items?: readonly unknown[] };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export interface Server {
  request(method: string, params: object | null): Promise<unknown>;
  notify(method: string, params: object): void;
  /** Resolves when diagnostics of a document are published next. Call it before the change that causes them. */
  published(uri: string): Promise<void>;
  readonly pid: number | undefined;
  /** Peak memory in bytes; undefined if the platform does not report it. */
  memory(): number | undefined;
  end(): Promise<void>;
}

/** The capabilities for all servers. Without pull diagnostics, so that all publish them. */
export const capabilities = {
  general: { positionEncodings: ['utf-16'] },
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: {
    synchronization: { dynamicRegistration: false },
    publishDiagnostics: { versionSupport: true, relatedInformation: true },
    completion: {
      completionItem: {
        snippetSupport: true,
        documentationFormat: ['markdown'],
        // As in VS Code, Emacs, Helix and plugins of Neovim, documentation is requested when an item is selected.
        resolveSupport: { properties: ['documentation', 'detail'] },
      },
    },
    hover: { contentFormat: ['markdown'] },
    rename: { prepareSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
    semanticTokens: {
      requests: { full: true, range: true },
      tokenTypes: 'namespace type class enum interface struct typeParameter parameter variable property enumMember event function method macro keyword modifier comment string number regexp operator decorator'.split(' '),
      tokenModifiers: 'declaration definition readonly static deprecated abstract async modification documentation defaultLibrary'.split(' '),
      formats: ['relative'],
    },
  },
} as const; // prettier-ignore

/** The command line and environment of a server. */
export interface Program {
  readonly args: readonly string[];
  /** In addition to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a server and connects to it. */
export function start({ args: [program = '', ...args], env }: Program): Server {
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  });
  let [buffered, count] = [Buffer.alloc(0), 0];
  const pending = new Map<number, (message: Message) => void>();
  const waiting = new Map<string, () => void>();
  const send = (message: object): void => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    child.stdin.write(`Content-Length: ${String(body.length)}\r\n\r\n`);
    child.stdin.write(body);
  };
  const receive = ({ id, method, params, result, error }: Message): void => {
    if (method === 'textDocument/publishDiagnostics') waiting.get(params?.uri ?? '')?.();
    if (id === undefined) return;
    if (method === undefined) pending.get(id)?.({ result, ...(error && { error }) });
    else
      send({
        id,
        result: method === 'workspace/configuration' ? params?.items?.map(() => null) : null,
      });
  };
  child.stdout.on('data', (data: Buffer) => {
    buffered = Buffer.concat([buffered, data]);
    for (;;) {
      const head = buffered.indexOf('\r\n\r\n');
      const length = Number(
        /Content-Length: (\d+)/i.exec(buffered.toString('latin1', 0, head))?.[1],
      );
      if (head < 0 || buffered.length < head + 4 + length) return;
      const body = buffered.toString('utf8', head + 4, head + 4 + length);
      buffered = buffered.subarray(head + 4 + length);
      receive(JSON.parse(body) as Message);
    }
  });
  return {
    request: (method, params) =>
      new Promise((done, fail) => {
        const id = ++count;
        pending.set(id, ({ result, error }) => {
          pending.delete(id);
          if (error) fail(new Error(`${method}: ${error.message}`));
          else done(result);
        });
        send({ id, method, ...(params && { params }) });
      }),
    notify: (method, params) => send({ method, params }),
    published: (uri) =>
      new Promise((done) => {
        waiting.set(uri, () => {
          waiting.delete(uri);
          done();
        });
      }),
    pid: child.pid,
    memory: () => peakOf(child.pid),
    end: () => ended(child),
  };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill();
  });
}

function peakOf(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
