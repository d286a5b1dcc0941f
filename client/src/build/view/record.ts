/** The result of a build: sizes, what they were before, and how both are shown. */
import type { Engine, Image } from '../../engine/engine.ts';
import type { BuildCosts } from '../../ui/build-marks.ts';
import type { Editor } from '../../ui/editor.ts';
import { formatSize, joinDetails } from '../../ui/format.ts';
import {
  addPastBuild,
  pastBuildKey,
  pastBuildsKey,
  readPastBuilds,
  type PastBuild,
  type StepResult,
} from '../../ui/past-builds.ts';
import type { BuildRun } from './build-run.ts';
import { cacheSizes } from './cache-sizes.ts';
import { costMarks, stepCosts, type StepCost } from './costs.ts';
import type { HeadOptions } from './head.ts';
import type { PlannedStep } from './plan.ts';
import { sizeChange } from './results.ts';

export class BuildRecord {
  readonly #editor: Editor;
  readonly #dockerfile: string;
  #platform: string | undefined;
  #builder: string | undefined;
  #hasOptions = false;
  image: Image | undefined;
  before: PastBuild | undefined;
  #costs: ReadonlyMap<PlannedStep, StepCost> = new Map();

  constructor(editor: Editor, dockerfile: string) {
    this.#editor = editor;
    this.#dockerfile = dockerfile;
    void editor.hasCommand(optionsCommand).then((has) => (this.#hasOptions = has));
  }

  setPlatform(platform: string): void {
    this.#platform = platform;
  }

  setBuilder(builder: string): void {
    this.#builder = builder;
  }

  headOptions(): Omit<HeadOptions, 'failedLine'> {
    return {
      workspaceFolder: this.#editor.workspaceFolderOf(this.#dockerfile),
      platform: this.#platform,
      builder: this.#builder,
      bytes: this.image?.size,
      before: this.before,
      hasOptions: this.#hasOptions,
    };
  }

  /** `2.4 MB · 18 MB smaller`. */
  costOf(step: PlannedStep): string | undefined {
    const cost = this.#costs.get(step);
    if (cost?.outside !== undefined) return formatSize(cost.outside);
    if (cost?.bytes === undefined) return undefined;
    return joinDetails(formatSize(cost.bytes), sizeChange(cost.bytes, cost.before?.bytes));
  }

  /** Of the layer of an instruction. */
  bytesOf(step: PlannedStep): number | undefined {
    return this.#costs.get(step)?.bytes;
  }

  /** Of a layer that the image does not contain. */
  outsideOf(step: PlannedStep): number | undefined {
    return this.#costs.get(step)?.outside;
  }

  /**
   * Reads the sizes of layers that the image does not contain. Resolves to whether there are any; not to be waited for, since
   * the engine may have to compute them. Does not reject.
   */
  async measureOutside(run: BuildRun, engine: Engine): Promise<boolean> {
    const costs = [...this.#costs];
    const isOutside = ([step, { bytes }]: (typeof costs)[number]): boolean =>
      bytes === undefined && step.keyword !== 'FROM';
    if (run.state !== 'done' || !costs.some(isOutside)) return false;
    const records = await engine.buildCache(AbortSignal.timeout(longest)).catch(() => []);
    const sizes = cacheSizes(run, records);
    this.#costs = new Map(
      costs.map(([step, cost]) => {
        const outside = isOutside([step, cost]) ? sizes.get(step) : undefined;
        return [step, { ...cost, ...(outside !== undefined && { outside }) }];
      }),
    );
    return [...this.#costs.values()].some(({ outside }) => outside !== undefined);
  }

  /** Reads what the image consists of, and compares it with the build before. */
  async finish(run: BuildRun, engine: Engine): Promise<void> {
    // The image of a build of another program may have no name, or may have been replaced since.
    if (run.state === 'failed' || (run.elsewhere !== undefined && run.steps.imageId === undefined))
      this.#costs = stepCosts(run, [], undefined);
    if (run.state !== 'done' || run.steps.imageId === undefined) return;
    this.image = await findImage(engine, run);
    const past = readPastBuilds(this.#editor.getState(pastBuildsKey));
    const { dockerfile, target } = run.start.request;
    const key = pastBuildKey(dockerfile, target);
    this.before = past[key];
    const history = await engine.history(run.steps.imageId).catch(() => []);
    this.#costs = stepCosts(run, history, this.before);
    const now: PastBuild = {
      at: Date.now(),
      ms: Math.round(run.milliseconds),
      image: this.image?.id ?? run.steps.imageId,
      ...(this.image && { bytes: this.image.size }),
      steps: [...this.#costs.values()].map(resultOf),
    };
    await this.#editor.setState(pastBuildsKey, addPastBuild(past, key, now));
  }

  /** The costs for the editor; undefined if the text is not known. */
  marks(run: BuildRun): BuildCosts | undefined {
    return costMarks(run, this.#costs, this.image?.size);
  }
}

/** Milliseconds after which sizes of the build cache are not waited for. */
const longest = 60_000;

/** The command for the form of a build. */
export const optionsCommand = 'dockerfile.build-options';

function resultOf({ key, step, bytes, ms, entry, before }: StepCost): StepResult {
  const ran = before?.ms ?? before?.ran;
  return {
    key,
    line: step.line,
    ...(bytes !== undefined && { bytes }),
    ...(ms === undefined ? ran !== undefined && { ran } : { ms: Math.round(ms) }),
    ...(entry !== undefined && { entry }),
  };
}

async function findImage(engine: Engine, { steps, start }: BuildRun): Promise<Image | undefined> {
  const images = await engine.images().catch(() => []);
  const [tag] = start.request.tags;
  return (
    images.find(({ id }) => id === steps.imageId) ??
    images.find(({ tags }) => tag !== undefined && tags.includes(tag))
  );
}
