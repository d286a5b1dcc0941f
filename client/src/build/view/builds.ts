/** The builds of a window: their pages, the status bar, and the messages at their end. */
import { t } from '@vscode/l10n';
import type { Engine } from '../../engine/engine.ts';
import { EngineError, isEngineError } from '../../engine/errors.ts';
import { readRegularFile } from '../../engine/regular-file.ts';
import type { BuildRecord } from '../../../../contract/build.ts';
import type { BuildResult, Builds, BuildStart, OpenDockerfile } from '../../ui/builds.ts';
import type { Tools } from '../../ui/tools.ts';
import { baseName } from '../../ui/paths.ts';
import { BuildPage } from './build-page.ts';
import { builderName } from './builder-name.ts';
import { BuildRun } from './build-run.ts';
import { BuildActions, type ShownBuild } from './actions.ts';
import { problemOf } from './failure-box.ts';
import { BuildStatus } from './status.ts';
import { unreadDockerfile, type BuiltDockerfile, type ReadDockerfile } from './outcome.ts';
import { replayRecord } from './elsewhere.ts';
import { optionsCommand, BuildRecord as BuildCostRecord } from './record.ts';

/** A build that took longer than this is announced although its page is visible, in milliseconds. */
const longBuild = 10_000;
/** Pages and ended builds that are kept for showing again. */
const mostBuilds = 20;
/** Builds of this window that are recognized in the history of the engine, which reports only the last ones. */
const mostRefs = 100;

export interface BuildsOptions {
  readonly readDockerfile: ReadDockerfile;
}

/** The builds of a window. */
export function createBuilds(tools: Tools, options: BuildsOptions): Builds {
  return new WindowBuilds(tools, options);
}

class WindowBuilds implements Builds {
  readonly #tools: Tools;
  readonly #read: ReadDockerfile;
  readonly #status: BuildStatus;
  readonly #actions: BuildActions;
  /** The latest last. */
  #builds: ShownBuild[] = [];
  /** The names of the last builds of this window in the history of the engine. */
  readonly #refs = new Set<string>();
  /** When this window has built a Dockerfile, in milliseconds since 1970. */
  readonly #builtAt = new Map<string, number>();

  constructor(tools: Tools, { readDockerfile }: BuildsOptions) {
    this.#tools = tools;
    this.#read = readDockerfile;
    this.#status = new BuildStatus(tools.editor);
    this.#actions = new BuildActions(tools, (start) => this.run(start));
  }

  async run(start: BuildStart): Promise<BuildResult | undefined> {
    const engine = await this.#tools.engine();
    const text = await textOf(start);
    const run = new BuildRun(start, text);
    this.#refs.add(run.ref);
    dropFirst(this.#refs, mostRefs);
    this.#builtAt.delete(start.request.dockerfile);
    this.#builtAt.set(start.request.dockerfile, Date.now());
    dropFirst(this.#builtAt, mostRefs);
    const { page, record } = this.#show(run);
    run.onChange = () => page.changed();
    this.#updateStatus();
    this.#tools.editor.clearBuildProblem(start.request.dockerfile);
    const platform = engine.version().then(
      ({ os, architecture }) => record.setPlatform(`${os}/${architecture}`),
      () => undefined,
    );
    void builderName(engine, start.request.builder, this.#tools)
      .then((name) => record.setBuilder(name))
      .then(() => page.changed())
      .catch(() => undefined);
    await run.run(engine, this.#dockerfile(start, text));
    await platform;
    await record.finish(run, engine);
    page.changed();
    this.#updateStatus();
    void this.#measureOutside({ page, record }, run, engine);
    return this.#end({ page, record }, run);
  }

  /** The marks in the editor are drawn again, unless those of a later build are shown. */
  async #measureOutside(
    { page, record }: ShownBuild,
    run: BuildRun,
    engine: Engine,
  ): Promise<void> {
    if (!(await record.measureOutside(run, engine)) || page.run !== run) return;
    page.changed();
    const marks = record.marks(run);
    if (marks !== undefined) this.#tools.editor.showBuildCosts(marks);
  }

  async show(dockerfile?: string): Promise<void> {
    const shown = await this.#choose(
      t('Show Build'),
      dockerfile === undefined
        ? this.#builds
        : this.#builds.filter(({ page }) => page.run.start.request.dockerfile === dockerfile),
    );
    if (shown === undefined) return;
    if (shown.page.run.state === 'failed') shown.page.showFailure();
    else shown.page.show();
  }

  async cancel(dockerfile?: string): Promise<void> {
    const running = this.#builds.filter(
      ({ page: { run } }) =>
        run.state === 'running' &&
        (dockerfile === undefined || run.start.request.dockerfile === dockerfile),
    );
    (await this.#choose(t('Cancel Build'), running))?.page.run.cancel();
  }

  async again(dockerfile: string): Promise<boolean> {
    const last = this.#builds.findLast(
      ({ page: { run } }) =>
        run.start.request.dockerfile === dockerfile && run.elsewhere === undefined,
    );
    if (last === undefined) return false;
    const { start } = last.page.run;
    await (start.again?.() ?? this.run(start));
    return true;
  }

  async addElsewhere(record: BuildRecord, dockerfile: OpenDockerfile): Promise<boolean> {
    const { path } = dockerfile;
    const { completedAt = record.createdAt } = record;
    if (this.#refs.has(record.ref) || completedAt < (this.#builtAt.get(path) ?? 0)) return false;
    const engine = await this.#tools.engine();
    const again = () => this.#tools.editor.runCommand(optionsCommand, { file: path });
    const run = await replayRecord(record, dockerfile, { engine, read: this.#read, again });
    const costs = new BuildCostRecord(this.#tools.editor, path);
    await costs.finish(run, engine);
    if (this.#refs.has(record.ref)) return false;
    this.#keep(run, costs);
    const { editor } = this.#tools;
    const problem = problemOf(run);
    if (problem === undefined) editor.clearBuildProblem(path);
    else editor.showBuildProblem(problem);
    const marks = costs.marks(run);
    if (marks !== undefined) editor.showBuildCosts(marks);
    return true;
  }

  #show(run: BuildRun): ShownBuild {
    const shown = this.#keep(
      run,
      new BuildCostRecord(this.#tools.editor, run.start.request.dockerfile),
    );
    shown.page.show();
    return shown;
  }

  /** In the page of an earlier build of the same Dockerfile, or a new one. */
  #keep(run: BuildRun, record: BuildCostRecord): ShownBuild {
    const { dockerfile } = run.start.request;
    const earlier = this.#builds.find(
      ({ page }) =>
        page.run.state !== 'running' &&
        page.run.start.request.dockerfile === dockerfile &&
        // A page that the user reads is not replaced without being asked.
        (run.elsewhere === undefined || !page.isOpen),
    );
    const shown: ShownBuild = earlier ?? this.#createShown(run, record);
    shown.record = record;
    if (earlier !== undefined) earlier.page.replace(run);
    const others = this.#builds.filter((one) => one !== shown);
    const ended = others.filter(({ page }) => page.run.state !== 'running' && !page.isOpen);
    const dropped = new Set(ended.slice(0, Math.max(0, others.length + 1 - mostBuilds)));
    this.#builds = [...others.filter((one) => !dropped.has(one)), shown];
    return shown;
  }

  #createShown(run: BuildRun, record: BuildCostRecord): ShownBuild {
    const page: BuildPage = new BuildPage(run, {
      editor: this.#tools.editor,
      headOptions: () => shown.record.headOptions(),
      costOf: (step) => shown.record.costOf(step),
      bytesOf: (step) => shown.record.bytesOf(step),
      outsideOf: (step) => shown.record.outsideOf(step),
      onAction: (name) => {
        this.#actions.act(name, shown).catch((error: unknown) => this.#report(error));
      },
      onClosed: () => this.#updateStatus(),
    });
    const shown: ShownBuild = { page, record };
    return shown;
  }

  #updateStatus(): void {
    this.#status.update(this.#builds.map(({ page }) => page));
  }

  #report(error: unknown): void {
    if (isEngineError(error) && error.kind === 'cancelled') return;
    void this.#tools.editor.showWarning(error instanceof Error ? error.message : String(error));
  }

  #dockerfile({ request }: BuildStart, text: string | undefined): Promise<BuiltDockerfile> {
    if (text === undefined) return Promise.resolve(unreadDockerfile);
    // Without it the steps are shown by their names.
    return this.#read(text, request).catch(() => unreadDockerfile);
  }

  #end({ page, record }: ShownBuild, run: BuildRun): BuildResult | undefined {
    const isNoticed = page.isVisible && run.milliseconds < longBuild;
    const costs = run.state === 'canceled' ? undefined : record.marks(run);
    if (costs !== undefined) this.#tools.editor.showBuildCosts(costs);
    if (run.state === 'done') {
      // Builds through BuildKit's own API cause no event on some engines.
      this.#tools.editor.refreshViews();
      if (!isNoticed && run.start.quiet !== true) this.#actions.announceSuccess({ page, record });
      const { imageId } = run.steps;
      return { milliseconds: run.milliseconds, ...(imageId !== undefined && { imageId }) };
    }
    if (run.state === 'canceled') {
      if (!page.isVisible) {
        const { title } = run.start;
        void this.#tools.editor.showInformation(
          t('Cancelled the build of {0}. No image was created.', title),
        );
      }
      return undefined;
    }
    const problem = problemOf(run);
    if (problem !== undefined) this.#tools.editor.showBuildProblem(problem);
    // What the user must do, such as logging in, is said where all commands say it.
    if (isEngineError(run.error) && run.error.kind !== 'failed') throw run.error;
    if (!isEngineError(run.error)) throw toError(run.error);
    if (!isNoticed) this.#actions.announceFailure({ page, record });
    return undefined;
  }

  async #choose(title: string, from: readonly ShownBuild[]): Promise<ShownBuild | undefined> {
    const [first, second] = from;
    if (first === undefined) {
      await this.#tools.editor.showInformation(t('No build is running.'));
      return undefined;
    }
    if (second === undefined) return first;
    return this.#tools.editor.pick(
      title,
      [...from].reverse().map((shown) => ({
        label: shown.page.run.start.title,
        description: baseName(shown.page.run.start.request.dockerfile),
        value: shown,
      })),
    );
  }
}

/** Drops what was added first. */
function dropFirst(from: Set<string> | Map<string, unknown>, most: number): void {
  const [first] = from.keys();
  if (from.size > most && first !== undefined) from.delete(first);
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new EngineError('failed', String(error));
}

/** The text that is built; undefined if the Dockerfile is elsewhere or cannot be read, which the build then reports. */
async function textOf({ request }: BuildStart): Promise<string | undefined> {
  const { context, dockerfile, dockerfileText } = request;
  if (dockerfileText !== undefined) return new TextDecoder().decode(dockerfileText);
  if (context.kind === 'remote') return undefined;
  try {
    return new TextDecoder().decode(await readRegularFile(dockerfile));
  } catch {
    return undefined;
  }
}
