/** The form for a container to be, from its opening to the container. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { specOfContainer } from './again.ts';
import { mountsOf, type PathFacts } from './check-mounts.ts';
import { takenPorts, troublesOf, type World } from './check.ts';
import { specOfValues, valuesOf } from './draft.ts';
import { filesOf } from './env.ts';
import type { Mark, Values } from './form.ts';
import { gpuFacts } from './gpu.ts';
import { driverVersion, pathFacts, surroundings } from './host.ts';
import { firstSpec, imageFacts, type ImageFacts } from './image.ts';
import type { RawContainerDetails, RawImageDetails } from '../engine/inspect-data.ts';
import { lineOfSpec, specOfLine } from './line.ts';
import { memoryKey, rememberedLine } from './memory.ts';
import { runForm } from './sections.ts';
import type { RunSpec } from './spec.ts';
import { leftBehind, unnamedVolumes, withVolumes, type Unnamed } from './anonymous-volumes.ts';
import type { Surroundings } from './words.ts';
import type { Tools } from '../ui/tools.ts';
import { openForm } from './form-session.ts';
import { saveService, saveTask } from './save.ts';
import { startContainer } from './start.ts';

/** Opens the form for an image, filled from it and from the last time. */
export async function runImage(reference: string, tools: Tools): Promise<void> {
  const session = await opened(tools);
  const facts = await session.imageFacts(reference);
  const last = tools.editor.getState(memoryKey(reference));
  const containers = await session.engine.containers();
  const spec =
    last === undefined
      ? firstSpec(facts, takenPorts(containers))
      : specOfLine(last, session.around).spec;
  await session.show(spec);
}

/** Opens the form with all that made a container. */
export async function runAgain(container: Container, tools: Tools): Promise<void> {
  const engine = await tools.engine();
  const details = (await engine.inspect('container', container.id)) as RawContainerDetails;
  const session = await opened(tools, { container, unnamed: unnamedVolumes(details) });
  const image = await session.rawImage(details.Image ?? container.imageId);
  const { info } = session;
  const usual = info && {
    runtime: info.defaultRuntime,
    cgroups: info.cgroups,
    hostName: info.hostName,
  };
  await session.show(specOfContainer(details, image, usual));
}

/** What does not change while a form is open is asked for once. */
async function opened(tools: Tools, replaces?: Replaced): Promise<RunSession> {
  const engine = await tools.engine();
  const [info, state, driver] = await Promise.all([
    engine.info().catch(() => undefined),
    tools.connectionState(),
    driverVersion(),
  ]);
  const local = state.address === undefined || state.address.endpoint.kind === 'socket';
  const around = surroundings(tools.editor.firstWorkspaceFolder());
  return new RunSession({ tools, engine, info, around, replaces, local, driver });
}

/** The container that is run again. */
interface Replaced {
  readonly container: Container;
  readonly unnamed: readonly Unnamed[];
}

interface Opened {
  readonly tools: Tools;
  readonly engine: Engine;
  readonly info: World['info'] | undefined;
  readonly around: Surroundings;
  readonly replaces: Replaced | undefined;
  /** The engine sees the files of this machine. */
  readonly local: boolean;
  readonly driver: string | undefined;
}

class RunSession {
  readonly engine: Engine;
  readonly around: Surroundings;
  readonly info: World['info'] | undefined;
  readonly #opened: Opened;
  readonly #images = new Map<string, Promise<RawImageDetails | undefined>>();

  constructor(one: Opened) {
    this.#opened = one;
    this.engine = one.engine;
    this.around = one.around;
    this.info = one.info;
  }

  /** Undefined where the image is not here. */
  rawImage(reference: string): Promise<RawImageDetails | undefined> {
    let asked = this.#images.get(reference);
    if (asked === undefined) {
      asked = this.engine.inspect('image', reference).catch(() => undefined);
      this.#images.set(reference, asked);
    }
    return asked;
  }

  async imageFacts(reference: string): Promise<ImageFacts> {
    return imageFacts(reference, reference === '' ? {} : await this.rawImage(reference));
  }

  async show(spec: RunSpec): Promise<void> {
    const { tools } = this.#opened;
    const values = valuesOf(spec);
    await openForm(tools.editor, {
      form: runForm(await this.#world(spec), values),
      check: (typed) => this.#check(typed),
      pasted: (line) => this.#pasted(line),
      browse: async (_, column) =>
        column === 'source' ? tools.editor.chooseFolder(t('Mount: which folder?')) : undefined,
      act: (action, typed, busy) => this.#act(action, typed, busy),
    });
  }

  async #world(spec: RunSpec): Promise<World> {
    const { info, local, driver, replaces } = this.#opened;
    const [containers, images, networks, image] = await Promise.all([
      this.engine.containers(),
      this.engine.images(),
      this.engine.networks(),
      this.imageFacts(spec.image),
    ]);
    return {
      containers,
      images,
      networks,
      image,
      gpu: gpuFacts(info, local ? driver : undefined),
      ...(info && { info }),
      ...(local && { paths: await this.#paths(spec) }),
      ...(replaces && { replaces: replaces.container.id }),
    };
  }

  /** Where the engine lives in a machine of its own, or under another user, owners are not what they seem. */
  async #paths(spec: RunSpec): Promise<ReadonlyMap<string, PathFacts>> {
    const sources = mountsOf(spec).flatMap(({ mount }) =>
      mount.type === 'bind' ? [mount.source] : [],
    );
    const found = await pathFacts([...sources, ...filesOf(spec)]);
    const { info } = this;
    const same = this.#opened.tools.editor.platform === 'linux' && info?.rootless === false;
    if (same && !/Docker Desktop/.test(info.system)) return found;
    return new Map([...found].map(([path, { kind }]) => [path, { kind }]));
  }

  async #check(
    values: Values,
  ): Promise<{ readonly line: string; readonly marks: readonly Mark[] }> {
    const { spec, marks, mark } = specOfValues(values, this.around);
    const world = await this.#world(spec);
    const missing = filesOf(spec).filter((file) => world.paths?.get(file)?.kind === 'missing');
    return {
      line: this.#line(spec),
      marks: [
        ...marks,
        ...troublesOf(spec, world).map(mark),
        ...this.#empty(spec).map(({ path }) => ({
          field: 'mounts',
          severity: 'note' as const,
          message: t('{0} begins empty: the volume there has no name', path),
        })),
        ...missing.map((file) => ({
          field: 'env-file',
          severity: 'error' as const,
          message: t('{0} does not exist', file),
        })),
      ],
    };
  }

  /** Volumes of the container that is run again, in whose place the new one finds nothing. */
  #empty(spec: RunSpec): readonly Unnamed[] {
    return leftBehind(this.#opened.replaces?.unnamed ?? [], spec);
  }

  /** As the terminal of this machine reads it. */
  #line(spec: RunSpec): string {
    const windows = this.#opened.tools.editor.platform === 'windows';
    return lineOfSpec(spec, windows ? 'powershell' : 'posix');
  }

  #pasted(line: string): { readonly values: Values; readonly marks: readonly Mark[] } {
    const { spec, troubles } = specOfLine(line, this.around);
    const marks = troubles
      // Single values are looked at again with the fields.
      .filter(({ place }) => place === 'line' || place === 'other')
      .map(({ severity, message }) => ({ field: 'line', severity, message }));
    return { values: valuesOf(spec), marks };
  }

  async #act(action: string, values: Values, busy: (message: string) => void): Promise<boolean> {
    const { editor } = this.#opened.tools;
    const { spec } = specOfValues(values, this.around);
    switch (action) {
      case 'copy':
        await editor.copyToClipboard(this.#line(spec));
        return false;
      case 'task':
        await saveTask(spec, editor);
        return false;
      case 'compose':
        await saveService(spec, editor);
        return false;
      case 'run':
        return this.#run(spec, values, busy);
      default:
        return false;
    }
  }

  async #run(spec: RunSpec, values: Values, busy: (message: string) => void): Promise<boolean> {
    const { marks } = await this.#check(values);
    const error = marks.find(({ severity }) => severity === 'error');
    if (error !== undefined) throw new EngineError('failed', error.message);
    const { editor } = this.#opened.tools;
    const agreed = await this.#agreed(spec);
    if (agreed === undefined) return false;
    busy(t('Starting…'));
    await startContainer(agreed.spec, {
      engine: this.engine,
      editor,
      around: this.around,
      ...(agreed.replaces && { replaces: agreed.replaces }),
    });
    await editor.setState(memoryKey(spec.image), rememberedLine(spec));
    return true;
  }

  /** What shall run, and the container whose name or ports it wants, once its end is agreed to. */
  async #agreed(
    spec: RunSpec,
  ): Promise<{ readonly spec: RunSpec; readonly replaces?: Container } | undefined> {
    const old = this.#opened.replaces?.container;
    if (old === undefined || spec.texts.name !== old.name) return { spec };
    const empty = this.#empty(spec);
    const [keep, replace] = [t('Replace and Keep Data'), t('Replace')];
    const pressed = await this.#opened.tools.editor.chooseButton(
      t('Replace container {0}?', old.name),
      [
        t(
          'It is removed as soon as the new one runs. Files written in it are lost; volumes and mounted folders stay.',
        ),
        ...(empty.length === 0
          ? []
          : [
              t(
                'The new one begins with nothing in {0}, unless it takes over the volumes there, which have no names.',
                empty.map(({ path }) => path).join(', '),
              ),
            ]),
      ].join(' '),
      ...(empty.length === 0 ? [replace] : [keep, replace]),
    );
    if (pressed === keep) return { spec: withVolumes(spec, empty), replaces: old };
    return pressed === replace ? { spec, replaces: old } : undefined;
  }
}
