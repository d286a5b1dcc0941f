/** The run form of one container, from opening it to starting the container. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { specOfContainer } from './from-container.ts';
import { mountsOf, type PathFacts } from './check-mounts.ts';
import { takenPorts, troublesOf, type World } from './check.ts';
import type { Mark, Reading, Row, Values } from './form.ts';
import { portRow } from './form-rows.ts';
import { gpuFacts } from './gpu.ts';
import { lineContext } from '../command-line/machine.ts';
import { driverVersion, pathFacts } from './host.ts';
import { firstSpec, imageFacts, type ImageFacts } from './image.ts';
import type { ImageDetails } from '../engine/details.ts';
import { lineOfSpec, specOfLine } from './line.ts';
import { memoryKey, rememberedLine } from './memory.ts';
import { freeName } from './proposed-name.ts';
import { confirmReplace, type ReplacedContainer } from './replace-question.ts';
import { filesOf } from './request.ts';
import { runForm } from './sections.ts';
import { specOfValues } from './spec-of-values.ts';
import { all, type RunSpec } from './spec.ts';
import { anonymousVolumes, emptyVolumes } from './anonymous-volumes.ts';
import { printWords, type LineContext } from '../command-line/words.ts';
import type { Tools } from '../ui/tools.ts';
import { openForm } from './form-session.ts';
import { saveService, saveRunTask } from './save.ts';
import { startContainer } from './start.ts';
import { mountOfText, valuesOf } from './values-of-spec.ts';

/** Opens the form for an image, or for none if the reference is empty. It is filled with the last values used for it, or from its configuration. */
export async function runImage(reference: string, tools: Tools): Promise<void> {
  const session = await createSession(tools);
  const facts = await session.imageFacts(reference);
  const last = tools.editor.getState(memoryKey(reference));
  const containers = await session.engine.containers();
  const spec =
    last === undefined
      ? firstSpec(facts, takenPorts(containers), namesOf(containers))
      : withFreeName(specOfLine(last, session.context).spec, namesOf(containers));
  await session.show(spec, (image) => (image === '' ? t('Run Container') : t('Run {0}', image)));
}

/** The name of the last run may be in use by that container. */
function withFreeName(spec: RunSpec, names: ReadonlySet<string>): RunSpec {
  const { name } = spec.texts;
  if (name === undefined) return spec;
  return { ...spec, texts: { ...spec.texts, name: freeName(name, names) } };
}

function namesOf(containers: readonly Container[]): ReadonlySet<string> {
  return new Set(containers.map(({ name }) => name));
}

/** Opens the form with the options of an existing container. */
export async function runAgain(container: Container, tools: Tools): Promise<void> {
  const engine = await tools.engine();
  const details = await engine.inspect('container', container.id);
  const session = await createSession(tools, { container, anonymous: anonymousVolumes(details) });
  const image = await session.image(details.imageId === '' ? container.imageId : details.imageId);
  await session.show(specOfContainer(details, image, session.info), () =>
    t('Run {0} Again', container.name),
  );
}

/** Reads once what does not change while the form is open. */
async function createSession(tools: Tools, replaces?: ReplacedContainer): Promise<RunSession> {
  const engine = await tools.engine();
  const [info, version, state, driver] = await Promise.all([
    engine.info().catch(() => undefined),
    engine.version().catch(() => undefined),
    tools.connectionState(),
    driverVersion(),
  ]);
  const local = state.address === undefined || state.address.endpoint.kind === 'socket';
  const context = lineContext(tools.editor.firstWorkspaceFolder());
  return new RunSession({ tools, engine, info, version, context, replaces, local, driver });
}

interface SessionOptions {
  readonly tools: Tools;
  readonly engine: Engine;
  readonly info: World['info'] | undefined;
  readonly version: World['version'] | undefined;
  readonly context: LineContext;
  readonly replaces: ReplacedContainer | undefined;
  /** Whether the engine runs on this machine and sees its files. */
  readonly local: boolean;
  readonly driver: string | undefined;
}

class RunSession {
  readonly engine: Engine;
  readonly context: LineContext;
  readonly info: World['info'] | undefined;
  readonly #options: SessionOptions;
  readonly #images = new Map<string, Promise<ImageDetails | undefined>>();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.engine = options.engine;
    this.context = options.context;
    this.info = options.info;
  }

  /** Undefined if the image is not available locally. */
  image(reference: string): Promise<ImageDetails | undefined> {
    let details = this.#images.get(reference);
    if (details === undefined) {
      details = this.engine.inspect('image', reference).catch(() => {
        // It may be pulled while the form is open.
        this.#images.delete(reference);
        return undefined;
      });
      this.#images.set(reference, details);
    }
    return details;
  }

  async imageFacts(reference: string): Promise<ImageFacts> {
    return imageFacts(reference, reference === '' ? {} : await this.image(reference));
  }

  /** Opens the form; the title of its tab depends on the image. */
  async show(spec: RunSpec, titleOf: (image: string) => string): Promise<void> {
    const { tools, replaces } = this.#options;
    const values = valuesOf(spec);
    await openForm(tools.editor, {
      title: titleOf(spec.image),
      titleOf: ({ image }) => titleOf(typeof image === 'string' ? image : ''),
      values,
      read: (current) => this.#read(current, replaces && values),
      readLine: (line) => this.#readLine(line),
      rowOf: (field, text) => this.#rowOf(field, text),
      browse: async (field) => {
        if (field !== 'mounts') return undefined;
        const source = await tools.editor.chooseFolder(t('Select a folder to mount'));
        return source === undefined
          ? undefined
          : { how: 'volume', type: 'bind', source, target: '', readOnly: false, options: '' };
      },
      act: (action, current, busy) => this.#act(action, current, busy),
    });
  }

  /** The row for `8080:80` or `./src:/app:ro`. */
  #rowOf(field: string, text: string): Row | undefined {
    if (field === 'ports') return portRow(text);
    const { spec } = specOfLine(printWords(['docker', 'run', '-v', text, 'x']), this.context);
    return mountOfText(all(spec, 'volume')[0] ?? '');
  }

  async #world(spec: RunSpec): Promise<World> {
    const { info, version, local, driver, replaces } = this.#options;
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
      ...(version && { version }),
      ...(local && { paths: await this.#paths(spec) }),
      ...(replaces && { replaces: replaces.container.id }),
    };
  }

  /** Facts of the files that the spec names. Owners are left out where the engine maps them: in a VM, or rootless. */
  async #paths(spec: RunSpec): Promise<ReadonlyMap<string, PathFacts>> {
    const sources = mountsOf(spec).flatMap(({ mount }) =>
      mount.type === 'bind' ? [mount.source] : [],
    );
    const found = await pathFacts([...sources, ...filesOf(spec)]);
    const { info } = this;
    const isSameOwner = this.#options.tools.editor.platform === 'linux' && info?.rootless === false;
    if (isSameOwner && !/Docker Desktop/.test(info.system)) return found;
    return new Map([...found].map(([path, { kind }]) => [path, { kind }]));
  }

  /** `before` are the values of the container that is run again; without it, the image proposes values. */
  async #read(values: Values, before: Values | undefined): Promise<Reading> {
    const { spec, marks, mark } = specOfValues(values, this.context);
    const world = await this.#world(spec);
    const proposed = firstSpec(
      world.image,
      takenPorts(world.containers),
      namesOf(world.containers),
    );
    const missing = filesOf(spec).filter((file) => world.paths?.get(file)?.kind === 'missing');
    return {
      form: runForm(world, spec),
      defaults: { ...(before ?? valuesOf(proposed)), image: values.image ?? '' },
      line: this.#line(spec),
      marks: [
        ...marks,
        ...troublesOf(spec, world).map(mark),
        ...emptyVolumes(this.#options.replaces?.anonymous ?? [], spec).map(({ path }) => ({
          field: 'mounts',
          severity: 'note' as const,
          message: t('{0} will be empty: it was an anonymous volume', path),
        })),
        ...missing.map((file) => ({
          field: all(spec, 'env-file').includes(file) ? 'env-file' : 'other',
          severity: 'error' as const,
          message: t('{0} does not exist', file),
        })),
      ],
    };
  }

  /** Quoted for the default shell of this platform. */
  #line(spec: RunSpec): string {
    const windows = this.#options.tools.editor.platform === 'windows';
    return lineOfSpec(spec, windows ? 'powershell' : 'posix');
  }

  #readLine(line: string): { readonly values: Values; readonly marks: readonly Mark[] } {
    const { spec, troubles } = specOfLine(line, this.context);
    const marks = troubles
      // Values of options are checked again with the fields, and the image with the others.
      .filter(({ place }) => place === 'line' || place === 'other')
      .map(({ severity, message }) => ({ field: 'line', severity, message }));
    return { values: valuesOf(spec), marks };
  }

  async #act(action: string, values: Values, busy: (message: string) => void): Promise<boolean> {
    const { editor } = this.#options.tools;
    const { spec } = specOfValues(values, this.context);
    switch (action) {
      case 'copy':
        await editor.copyToClipboard(this.#line(spec));
        return false;
      case 'task':
        await saveRunTask(spec, editor);
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
    const { marks } = await this.#read(values, undefined);
    const error = marks.find(({ severity }) => severity === 'error');
    if (error !== undefined) throw new EngineError('failed', error.message);
    const { editor } = this.#options.tools;
    const confirmed = await confirmReplace(spec, this.#options.replaces, editor);
    if (confirmed === undefined) return false;
    busy(t('Starting…'));
    await startContainer(confirmed.spec, {
      engine: this.engine,
      editor,
      context: this.context,
      ...(confirmed.replaces && { replaces: confirmed.replaces }),
    });
    await editor.setState(memoryKey(spec.image), rememberedLine(spec));
    return true;
  }
}
