/**
 * Shows the layers of an image: first its history, then the Dockerfile and the base image as they are found, then the files,
 * which takes as long as saving the image. Nothing is kept when the page is closed.
 */
import { t } from '@vscode/l10n';
import { isEngineError } from '../engine/errors.ts';
import { describeFailure } from '../ui/failure-message.ts';
import { formatSize } from '../ui/format.ts';
import { relativePath } from '../ui/paths.ts';
import type { Tools } from '../ui/tools.ts';
import { analyze, type Analysis } from './analysis.ts';
import { baseLayers, lowerImages, type LowerImage } from './base-image.ts';
import { buildTimes } from './build-times.ts';
import { compareImage, type LoadedImage } from './compare.ts';
import { ImageFiles } from './file-rows.ts';
import { readImageArchive } from './image-archive.ts';
import type { ConfigStep } from './image-config.ts';
import { imageSteps } from './image-steps.ts';
import { layersPage, type AnalysisState, type FromLayers, type ToLayers } from './page.ts';
import { instructionLayer, readDockerfiles } from './source-files.ts';
import { matchSource, type SourceFile, type SourceMatch } from './source-match.ts';
import { progressReporter } from './progress.ts';
import { layersTexts } from './texts.ts';
import { layersView, type LayersFacts } from './view.ts';

export interface LayersSubject {
  readonly id: string;
  /** The tag, or a short id. */
  readonly name: string;
}

/** An instruction whose layer is shown. */
export interface ShownInstruction {
  /** The Dockerfile. */
  readonly path: string;
  /** A line of the instruction, from 1. */
  readonly line: number;
}

export type SessionTools = Pick<Tools, 'engine' | 'editor'>;

/** Files of larger images are read only on request, in bytes. */
const mostAutomatic = 1_000_000_000;

/** A page that is open. */
export interface LayersPage {
  reveal(): void;
  /** Resolves when it is closed. */
  readonly closed: Promise<void>;
}

/** Opens the page, with the layer of an instruction if one is given. */
export function openPage(
  tools: SessionTools,
  subject: LayersSubject,
  instruction?: ShownInstruction,
): LayersPage {
  const session = new LayersSession(tools, subject, instruction);
  const title = t('Layers of {0}', subject.name);
  let end = (): void => undefined;
  const closed = new Promise<void>((resolve) => (end = resolve));
  const page = tools.editor.openPage<ToLayers, FromLayers>(layersPage, title, {
    onMessage: (message) => session.onMessage(message),
    onClosed: () => {
      session.close();
      end();
    },
  });
  session.post = (message) => page.post(message);
  return { reveal: () => page.reveal(), closed };
}

class LayersSession {
  post: (message: ToLayers) => void = () => undefined;
  readonly #tools: SessionTools;
  readonly #subject: LayersSubject;
  /** The instruction whose layer is still to be shown. */
  #instruction: ShownInstruction | undefined;
  #loading: Promise<void> | undefined;
  #loaded: LoadedImage | undefined;
  #error: string | undefined;
  #lower: readonly LowerImage[] = [];
  #source: SourceMatch | undefined;
  #files: { readonly files: ImageFiles; readonly analysis: Analysis } | undefined;
  #config: readonly ConfigStep[] = [];
  #state: AnalysisState = { kind: 'running' };
  #cancel = new AbortController();
  #isClosed = false;
  #endOfWatch: () => void = () => undefined;

  constructor(tools: SessionTools, subject: LayersSubject, instruction?: ShownInstruction) {
    this.#tools = tools;
    this.#subject = subject;
    this.#instruction = instruction;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel.abort();
    this.#endOfWatch();
  }

  onMessage(message: FromLayers): void {
    switch (message.kind) {
      case 'ready':
        this.post({ kind: 'texts', texts: layersTexts(), title: this.#subject.name });
        if (this.#error !== undefined) this.post({ kind: 'error', message: this.#error });
        this.#show();
        this.#loading ??= this.#load();
        break;
      case 'retry':
        this.#error = undefined;
        this.#loading = this.#load();
        break;
      case 'analyze':
        if (this.#state.kind === 'offered' || this.#state.kind === 'failed') void this.#analyze();
        break;
      case 'cancel':
        this.#cancel.abort();
        break;
      case 'files': {
        const { kind, ...request } = message;
        const answer = this.#files?.files.rows(request);
        if (answer !== undefined) this.post({ kind, request, ...answer });
        break;
      }
      case 'find': {
        const names = this.#facts();
        if (this.#files === undefined || names === undefined) break;
        const found = this.#files.files.find(message.text, names);
        this.post({ kind: 'found', text: message.text, found });
        break;
      }
      case 'go':
        void this.#showLine(message.line);
        break;
      case 'again':
        void this.#buildAgain();
        break;
      case 'compare':
        void compareImage(this.#tools.editor, this.#subject.name, this.#loaded);
    }
  }

  async #load(): Promise<void> {
    try {
      const engine = await this.#tools.engine();
      const { id } = this.#subject;
      const [details, history] = await Promise.all([
        engine.inspect('image', id),
        engine.history(id),
      ]);
      this.#loaded = { engine, details, history };
      const size = history.reduce((sum, layer) => sum + layer.size, 0);
      this.#state = size > mostAutomatic ? this.#offer(size) : { kind: 'running' };
      this.#show();
    } catch (error) {
      this.#error = this.#reason(error);
      this.post({ kind: 'error', message: this.#error });
      return;
    }
    // Without these, the page lacks links and names but is still useful.
    const extras = [this.#findSource(), this.#findLower()].map((work) =>
      work.then(() => this.#show()).catch(() => undefined),
    );
    if (this.#state.kind === 'running') await this.#analyze();
    await Promise.all(extras);
  }

  #offer(bytes: number): AnalysisState {
    return {
      kind: 'offered',
      text: t('To list files and wasted space, the whole image must be read ({0}).', formatSize(bytes)), // prettier-ignore
      button: t('Analyze Files'),
    };
  }

  #reason(error: unknown): string {
    const title = t('Show Image Layers');
    if (isEngineError(error) && error.kind === 'missing') {
      return t('{0} is no longer on this engine.', this.#subject.name);
    }
    return describeFailure(error, title)?.message ?? t('Cancelled');
  }

  async #findLower(): Promise<void> {
    if (this.#loaded === undefined) return;
    const { engine, details } = this.#loaded;
    this.#lower = await lowerImages(engine, details);
  }

  async #findSource(): Promise<void> {
    const { editor } = this.#tools;
    const files = await readDockerfiles(editor, this.#instruction?.path);
    this.#match(files);
    if (this.#isClosed) return;
    this.#showInstruction(files);
    if (this.#source === undefined) return;
    const { path } = this.#source;
    this.#endOfWatch = editor.onDocumentChange(path, () => void this.#matchAgain(path));
  }

  #match(files: readonly SourceFile[]): void {
    if (this.#loaded === undefined) return;
    const { history, details } = this.#loaded;
    const match = matchSource(imageSteps(history, details.layers.length, this.#config), files);
    if (match !== undefined || files.length !== 1) this.#source = match;
  }

  /** Selects the layer of the instruction, or says why there is none. */
  #showInstruction([file]: readonly SourceFile[]): void {
    const instruction = this.#instruction;
    const { steps } = this.#facts() ?? {};
    if (instruction === undefined || steps === undefined) return;
    const { line, layer } = instructionLayer(instruction.line, { file, steps, source: this.#source }); // prettier-ignore
    if (layer !== undefined) this.post({ kind: 'reveal', layer });
    else {
      const { name } = this.#subject;
      const message = t('The instruction at line {0} made no layer of {1}.', line, name);
      void this.#tools.editor.showInformation(message);
    }
    this.#instruction = undefined;
  }

  /** The lines move while the file is edited. */
  async #matchAgain(path: string): Promise<void> {
    const text = await this.#tools.editor.readText(path);
    if (text === undefined || this.#isClosed) return;
    this.#match([{ path, text }]);
    this.#show();
  }

  async #analyze(): Promise<void> {
    if (this.#loaded === undefined) return;
    const { engine, history, details } = this.#loaded;
    const total = history.reduce((sum, layer) => sum + layer.size, 0);
    this.#cancel = new AbortController();
    this.#state = { kind: 'running' };
    this.#show();
    try {
      const archive = engine.save([details.id], this.#cancel.signal);
      const saved = await readImageArchive(archive, {
        onBytes: progressReporter(total, (message) => this.post(message)),
      });
      const analysis = analyze(saved);
      if (this.#isClosed) return;
      this.#config = saved.steps;
      this.#files = { files: new ImageFiles(analysis), analysis };
      this.#state = { kind: 'done' };
    } catch (error) {
      this.#state =
        this.#cancel.signal.aborted || (isEngineError(error) && error.kind === 'cancelled')
          ? this.#offer(total)
          : { kind: 'failed', text: this.#reason(error), button: t('Retry') };
    }
    this.#show();
  }

  async #showLine(line: number): Promise<void> {
    const path = this.#source?.path;
    if (path !== undefined) await this.#tools.editor.showLine(path, Math.max(0, line - 1));
  }

  async #buildAgain(): Promise<void> {
    const path = this.#source?.path;
    if (path !== undefined)
      await this.#tools.editor.runCommand('dockerfile.build-again', { file: path });
  }

  #facts(): LayersFacts | undefined {
    if (this.#loaded === undefined) return undefined;
    const { history, details } = this.#loaded;
    const source = this.#source;
    const steps = imageSteps(history, details.layers.length, this.#config);
    const layers = details.layers.length;
    const { tags } = details;
    const base = baseLayers({ steps, layers, tags, lower: this.#lower, ...(source && { source }) });
    const folder = source && this.#tools.editor.workspaceFolderOf(source.path);
    return {
      name: this.#subject.name,
      details,
      steps,
      base,
      lower: this.#lower,
      ...(source && { source }),
      ...(this.#files && { analysis: this.#files.analysis }),
      state: this.#state,
      times: buildTimes(this.#tools.editor, details.id, steps.length),
      sourceName: source === undefined ? '' : relativePath(folder, source.path),
      now: new Date(),
    };
  }

  #show(): void {
    const facts = this.#facts();
    if (facts !== undefined && !this.#isClosed)
      this.post({ kind: 'show', view: layersView(facts) });
  }
}
