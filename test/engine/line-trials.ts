/** Random lines on a real engine: each is created, read back, created again, and compared with docker's own programs. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isDeepStrictEqual } from 'node:util';
import type { CreateRequest } from '../../client/src/engine/container-config.ts';
import type { ContainerDetails } from '../../client/src/engine/details.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { isEngineError } from '../../client/src/engine/errors.ts';
import type { EngineInfo } from '../../client/src/engine/objects.ts';
import { conflicts } from '../../client/src/run/check-conflicts.ts';
import { withService } from '../../client/src/run/compose-file.ts';
import { serviceOf } from '../../client/src/run/compose.ts';
import { specOfValues } from '../../client/src/run/spec-of-values.ts';
import { valuesOf } from '../../client/src/run/values-of-spec.ts';
import { specOfContainer } from '../../client/src/run/from-container.ts';
import { readTexts } from '../../client/src/run/host.ts';
import { lineOfSpec, specOfLine, specOfWords } from '../../client/src/run/line.ts';
import { optionOf, type OptionName } from '../../client/src/run/options.ts';
import { filesOf, newContainer } from '../../client/src/run/request.ts';
import { without, type RunSpec } from '../../client/src/run/spec.ts';
import { composeLasting, lasting } from '../lasting.ts';
import { randomLine, wordsOf, type LineWorld } from '../random-lines.ts';
import type { EngineFixture } from './contract.ts';

const run = promisify(execFile);

/** What became of one line, and of each of the comparisons with it. */
export interface Outcome {
  readonly seed: number;
  readonly line: string;
  /** The engine refused the line: its sentence. */
  readonly refused?: string;
  readonly differences: readonly Difference[];
  /** The comparisons that were made. */
  readonly compared: readonly Comparison[];
}

export type Comparison = 'again' | 'cli' | 'compose';

export interface Difference {
  readonly with: Comparison | 'check';
  readonly reason: string;
}

export interface TrialTools {
  /** The docker program to compare with, and its environment. */
  readonly docker?: {
    readonly file: string;
    readonly env: NodeJS.ProcessEnv;
    /** It knows all options, so that what it refuses must be refused here too. */
    readonly knowsAll: boolean;
  };
  readonly compose?: boolean;
}

/** Options that `docker create` does not have, or that would ask a server outside. */
const notCreated: ReadonlySet<OptionName> = new Set<OptionName>([
  'detach',
  'detach-keys',
  'sig-proxy',
  'pull',
  'disable-content-trust',
  'use-api-socket',
]);

/** What two images give their containers: one little, the other all that an image can give. */
const plain: { readonly body: CreateRequest; readonly changes: readonly string[] } = {
  body: {},
  changes: ['CMD ["sh"]'],
};
const rich: typeof plain = {
  body: {
    StopSignal: 'SIGQUIT',
    Healthcheck: { Test: ['CMD', 'check', 'a b'], Interval: 5_000_000_000, Retries: 3 },
  },
  changes: [
    'ENTRYPOINT ["/bin/sh","-x"]',
    'CMD ["-c","true"]',
    'ENV OF_IMAGE=yes EMPTY=',
    'LABEL OF_IMAGE=yes',
    'EXPOSE 80',
    'VOLUME /data',
    'USER 7',
    'WORKDIR /srv',
  ],
};

export class LineTrials {
  readonly engine: Engine;
  readonly #fixture: EngineFixture;
  readonly #tools: TrialTools;
  readonly #undo: (() => Promise<unknown>)[] = [];
  #world: LineWorld | undefined;
  #info: EngineInfo | undefined;
  #folder = '';

  constructor(fixture: EngineFixture, tools: TrialTools) {
    this.engine = fixture.engine;
    this.#fixture = fixture;
    this.#tools = tools;
  }

  /** Makes what the lines refer to. */
  async prepare(): Promise<void> {
    this.#info = await this.engine.info();
    this.#folder = await mkdtemp(join(tmpdir(), 'drydock-lines-'));
    this.#undo.push(() => rm(this.#folder, { recursive: true }));
    for (const name of ['one', 'two', 'with space']) await mkdir(join(this.#folder, name));
    await writeFile(
      join(this.#folder, 'env'),
      'FROM_FILE=yes\n# comment\nA=file\nHOME\nQUOTED="a b"\n',
    );
    await writeFile(join(this.#folder, 'labels'), 'from.file=yes\nquoted="a b"\n');
    await writeFile(join(this.#folder, 'seccomp.json'), '{ "defaultAction": "SCMP_ACT_ALLOW" }\n');
    const images = [await this.#image(plain), await this.#image(rich)];
    const other = await this.#container('drydock-other', { '/shared': {} });
    const db = await this.#container('drydock-db', {});
    const networks = [await this.#network('front', 1), await this.#network('back', 2)];
    this.#world = {
      folder: this.#folder,
      images,
      containers: [other, db],
      networks,
      ...(await this.#limits()),
    };
  }

  async #image({ body, changes }: typeof plain): Promise<string> {
    const config = { ...body, Image: this.#fixture.image, Cmd: ['true'] };
    const { id } = await this.engine.create({ body: config });
    const reference = `localhost/drydock-test:${randomUUID()}`;
    await this.engine.commit(id, { reference, changes, pause: false });
    await this.engine.remove(id);
    this.#undo.push(() => this.engine.removeImage(reference, { force: true }));
    return reference;
  }

  async #container(prefix: string, Volumes: Readonly<Record<string, object>>): Promise<string> {
    const name = `${prefix}-${randomUUID().slice(0, 8)}`;
    const body = { Image: this.#fixture.image, Cmd: ['sleep', '1000'], Volumes };
    const { id } = await this.engine.create({ name, body });
    this.#undo.push(() => this.engine.remove(id, { force: true, volumes: true }));
    return name;
  }

  async #network(name: string, number: number) {
    const [v4, v6] = [`172.30.${number}.`, `2001:db8:${number}::`];
    const id = await this.#createNetwork(name, [`${v4}0/24`, `${v6}/64`]);
    this.#undo.push(() => this.engine.removeNetwork(id));
    return { name, v4, v6 };
  }

  /** With two subnets, which the port has no word for. */
  async #createNetwork(name: string, [v4 = '', v6 = '']: readonly string[]): Promise<string> {
    const { file, env } = this.#docker();
    const { stdout } = await run(
      file,
      ['network', 'create', '--subnet', v4, '--ipv6', '--subnet', v6, name],
      { env },
    );
    return stdout.trim();
  }

  #docker(): NonNullable<TrialTools['docker']> {
    if (this.#tools.docker === undefined) throw new Error('There is no docker program');
    return this.#tools.docker;
  }

  /** What this engine cannot create, each for the reason beside it; those are compared as requests in run-cli.test.ts. */
  async #limits(): Promise<Pick<LineWorld, 'without' | 'withoutMounts' | 'withoutFields'>> {
    const { apiVersion } = await this.engine.version();
    const api = Number(apiVersion.split('.')[1]);
    const options: OptionName[] = [
      // Of Windows engines only.
      'cpu-count',
      'cpu-percent',
      'io-maxbandwidth',
      'io-maxiops',
      // Needs a kernel with real-time group scheduling.
      'cpu-rt-period',
      'cpu-rt-runtime',
      // Needs xfs with project quotas.
      'storage-opt',
      // Answered by a server of signatures.
      'disable-content-trust',
      // The API ignores it since 1.42, and the kernel since 5.4.
      'kernel-memory',
      ...(api < 43 ? (['annotation'] as const) : []),
      ...(api < 44 ? (['health-start-interval'] as const) : []),
      // Mounts this path of the engine's machine.
      ...(existsSync('/var/run/docker.sock') ? [] : (['use-api-socket'] as const)),
    ];
    return {
      without: new Set(options),
      // Of Windows engines, of swarms, and of engines since 28.
      withoutMounts: new Set(['npipe', 'cluster', ...(api < 48 ? ['image'] : [])]),
      withoutFields: new Set([
        ...(api < 44
          ? ['mac-address', 'gw-priority', 'bind-recursive', 'driver-opt', 'add-host=']
          : []),
        // Each mount of the kernel would have to allow it.
        ...(api < 48 ? ['gw-priority'] : []),
      ]),
    };
  }

  context(): Parameters<typeof specOfLine>[1] {
    return { folder: this.#folder, variables: { HOME: '/home/me' }, uid: 1000, gid: 1000 };
  }

  async close(): Promise<void> {
    for (const one of this.#undo.splice(0).reverse()) await one();
    for (const { name } of await this.engine.volumes()) {
      if (/^vol-/.test(name)) await this.engine.removeVolume(name).catch(() => undefined);
    }
  }

  /** Everything that is claimed of a line. */
  async try(seed: number): Promise<Outcome> {
    const line = randomLine(seed, this.#world!);
    const words = wordsOf(line);
    const shown = ['docker run', ...words.map((word) => JSON.stringify(word))].join(' ');
    const { spec, troubles } = specOfWords(words, this.context());
    const errors = [...troubles, ...conflicts(spec)].filter(({ severity }) => severity === 'error');
    const differences: Difference[] = errors.map(({ message }) => ({
      with: 'check',
      reason: `refused before it is tried: ${message}`,
    }));
    const first = await this.#seen(spec);
    if (typeof first === 'string')
      return { seed, line: shown, refused: first, differences, compared: [] };
    const compared: Comparison[] = ['again'];
    const again = await this.#again(spec, first);
    if (again !== undefined) differences.push({ with: 'again', reason: again });
    if (this.#tools.docker !== undefined) {
      const cli = await this.#cli(spec, wordsOf(line, notCreated));
      if (cli !== 'skipped') compared.push('cli');
      if (cli !== undefined && cli !== 'skipped') differences.push({ with: 'cli', reason: cli });
    }
    if (this.#tools.compose === true) {
      const compose = await this.#compose(spec);
      if (compose !== 'skipped') compared.push('compose');
      if (compose !== undefined && compose !== 'skipped')
        differences.push({ with: 'compose', reason: compose });
    }
    return { seed, line: shown, differences, compared };
  }

  /** Created, inspected and removed; the engine's sentence where it refuses. */
  async #seen(spec: RunSpec): Promise<ContainerDetails | string> {
    const files = await readTexts(filesOf(spec));
    try {
      const { id } = await this.engine.create(newContainer(spec, { ...this.context(), files }));
      const details = await this.engine.inspect('container', id);
      await this.engine.remove(id, { force: true, volumes: true });
      return details;
    } catch (error) {
      if (isEngineError(error)) return error.message;
      throw error;
    }
  }

  /** Inspect, form and line lead to a container that is equal in effect; what differs otherwise. */
  async #again(spec: RunSpec, first: ContainerDetails): Promise<string | undefined> {
    const image = await this.engine.inspect('image', spec.image);
    const read = specOfContainer(first, image, this.#info);
    const { spec: typed, marks } = specOfValues(valuesOf(read), this.context());
    const line = lineOfSpec(typed);
    const { spec: printed, troubles } = specOfLine(line, this.context());
    const wrong = [...marks, ...troubles].map(({ message }) => message);
    if (wrong.length > 0) return `${line}: ${wrong.join('; ')}`;
    const second = await this.#seen(printed);
    if (typeof second === 'string') return `${line}: ${second}`;
    return difference(lasting(first.raw), lasting(second.raw), line);
  }

  /** `docker create` gives the same container; what differs otherwise. */
  async #cli(spec: RunSpec, words: readonly string[]): Promise<string | undefined> {
    const { file, env } = this.#docker();
    const ours = await this.#seen(without(spec, ...notCreated));
    let id: string;
    try {
      const { stdout } = await run(file, ['create', ...words], {
        cwd: this.#folder,
        env: { ...env, HOME: '/home/me' },
      });
      id = stdout.trim().split('\n').at(-1) ?? '';
    } catch (error) {
      const { stderr } = error as { readonly stderr: string };
      const accepted = typeof ours !== 'string' && this.#docker().knowsAll;
      return accepted ? `the docker CLI refuses it: ${stderr.trim()}` : 'skipped';
    }
    const theirs = await this.engine.inspect('container', id);
    await this.engine.remove(id, { force: true, volumes: true });
    if (typeof ours === 'string') return `the docker CLI creates it, and we do not: ${ours}`;
    return difference(nameless(theirs.raw), nameless(ours.raw), words.join(' '));
  }

  /** A compose service gives the same container; what differs otherwise. */
  async #compose(spec: RunSpec): Promise<string | undefined> {
    const files = await readTexts(filesOf(spec));
    const service = serviceOf(spec, { folder: this.#folder, files });
    const left = service.left.map((one) => optionOf(one.replace(/^--/, '')));
    // What is left out is not of a whole option.
    if (left.includes(undefined)) return 'skipped';
    const same = without(spec, 'rm', ...left.filter((name) => name !== undefined));
    const reference = await this.#seen(same);
    if (typeof reference === 'string') return 'skipped';
    const volumes = await this.#ownVolumes(spec);
    const { file, env } = this.#docker();
    const path = join(this.#folder, 'compose.yaml');
    const written = withService('', service);
    if (typeof written === 'string') return written;
    await writeFile(path, written.text);
    const compose = (...args: string[]) =>
      run(file, ['compose', '-p', 'drydock-lines', '-f', path, ...args], {
        cwd: this.#folder,
        env: { ...env, HOME: '/home/me' },
      });
    try {
      await compose('config', '--quiet');
      await compose('create', '--pull', 'never', '--no-build', '--quiet-pull');
    } catch (error) {
      const { stderr } = error as { readonly stderr: string };
      return `${stderr.trim()}\n${written.text}`;
    }
    const made = (await this.engine.containers()).find(
      ({ project }) => project === 'drydock-lines',
    );
    if (made === undefined) return 'compose created nothing';
    const theirs = await this.engine.inspect('container', made.id);
    const theirVolumes = await this.#ownVolumes(spec);
    await this.engine.remove(made.id, { force: true, volumes: true });
    const network = (spec.lists.network ?? []).length > 0;
    const names = new Set([made.name, service.name, written.name]);
    return difference(
      [withoutAliases(composeLasting(reference.raw, { network }), names), volumes],
      [withoutAliases(composeLasting(theirs.raw, { network }), names), theirVolumes],
      written.text,
    );
  }

  /** Driver and options of the volumes that only this line has; they are removed. */
  async #ownVolumes(spec: RunSpec): Promise<readonly unknown[]> {
    const names = (spec.lists.mount ?? []).flatMap((text) => /vol-own-\d+/.exec(text)?.[0] ?? []);
    const found: unknown[] = [];
    for (const name of names) {
      const { raw } = await this.engine.inspect('volume', name);
      const { Driver, Options } = JSON.parse(raw) as {
        readonly Driver: string;
        readonly Options: unknown;
      };
      found.push([name, Driver, Options]);
    }
    return found;
  }
}

/** Compose gives a service aliases of its own. */
function withoutAliases(value: unknown, names: ReadonlySet<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { Networks, ...others } = value as {
    readonly Networks?: Readonly<Record<string, { readonly Aliases?: readonly string[] }>>;
  };
  const networks = Object.entries(Networks ?? {}).map(([name, { Aliases = [], ...one }]) => {
    const aliases = Aliases.filter((alias) => !names.has(alias));
    return [name, { ...one, ...(aliases.length > 0 && { Aliases: aliases }) }];
  });
  return { ...others, Networks: Object.fromEntries(networks) as object };
}

/** A name that the engine makes up is another each time. */
function nameless(raw: string): unknown {
  const all = lasting(raw) as { readonly Name?: string };
  return /^\/random-/.test(all.Name ?? '') ? all : { ...all, Name: undefined };
}

/** Where two values differ, in a few words; undefined where they do not. */
function difference(one: unknown, other: unknown, of: string): string | undefined {
  if (isDeepStrictEqual(one, other)) return undefined;
  return `${paths(one, other).join('; ')}\n  of ${of}`;
}

function paths(one: unknown, other: unknown, at = ''): readonly string[] {
  if (isDeepStrictEqual(one, other)) return [];
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  if (!isObject(one) || !isObject(other)) {
    return [`${at}: ${JSON.stringify(one)} / ${JSON.stringify(other)}`];
  }
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].flatMap((name) => paths(one[name], other[name], `${at}.${name}`));
}
