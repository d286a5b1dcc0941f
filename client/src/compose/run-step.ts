/** Runs Compose in a terminal, which keeps the output; a notification shows the progress. */
import { t } from '@vscode/l10n';
import type { Address } from '../engine/address.ts';
import { currentEnvironment } from '../engine/docker-cli/config-file.ts';
import type { Duplex } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';
import { printWords } from '../command-line/words.ts';
import { attachedStream } from '../shell/attached-process.ts';
import type { Tools } from '../ui/tools.ts';
import {
  composeEnvironment,
  contextOptions,
  findCompose,
  type ComposeProgram,
} from './find-compose.ts';
import {
  outputOf,
  startProgram,
  type Invocation,
  type ProgramOutput,
  type RunningProgram,
} from './program.ts';
import { projectOptions, type ComposeProject } from './project.ts';
import { plainLines, reasonOf } from './reason.ts';
import { stepArguments, type Step } from './steps.ts';

export type ComposeTools = Pick<Tools, 'connectionState' | 'editor' | 'engine'>;

const installGuide = 'https://docs.docker.com/compose/install/';

/** How to call Compose for the engine of this window; undefined after saying that it is not installed. */
export async function compose(tools: ComposeTools): Promise<ComposeCall | undefined> {
  const { address } = await tools.connectionState();
  const env = composeEnvironment(address, currentEnvironment());
  const program = await findCompose(env, rootFolder());
  if (program !== undefined) return { program, address, env };
  const open = t('Open Installation Guide');
  const message = t('Docker Compose is not installed: install the plugin for `docker compose`.');
  if ((await tools.editor.showError(message, open)) === open) {
    await tools.editor.openInBrowser(installGuide);
  }
  return undefined;
}

export interface ComposeCall {
  readonly program: ComposeProgram;
  readonly address: Address | undefined;
  readonly env: Invocation['env'];
}

/** The names that `config` prints, such as those of services; its output if it fails. */
export async function configNames(
  call: ComposeCall,
  project: ComposeProject,
  what: '--services' | '--profiles',
): Promise<readonly string[] | ProgramOutput> {
  const words = [...projectOptions(project), 'config', what];
  const result = await outputOf(invocationOf(call, project, words));
  if (result.code !== 0) return result;
  return result.output
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .sort();
}

function invocationOf(
  { program, address, env }: ComposeCall,
  { folder }: ComposeProject,
  words: readonly string[],
): Invocation {
  return { argv: [...program.command, ...contextOptions(program, address), ...words], folder, env };
}

/** Runs the step, and waits for its end. Failures are shown with a button to try again. */
export async function runStep(
  tools: ComposeTools,
  project: ComposeProject,
  step: Step,
): Promise<boolean> {
  const call = await compose(tools);
  if (call === undefined) return false;
  const place = placeOf(project, step);
  if (typeof place === 'string') {
    await tools.editor.showError(`${step.failure(project.title)}: ${place}`);
    return false;
  }
  const run = new StepRun(step, place);
  const code = await run.show(tools, invocationOf(call, place, stepArguments(step, projectOptions(place)))); // prettier-ignore
  if (code === undefined || code === 0 || code === interrupted) return code === 0;
  const containers = await tools
    .engine()
    .then((engine) => engine.containers())
    .catch(() => []);
  const again = t('Retry');
  const message = `${step.failure(project.title)}: ${reasonOf(run.output, containers)}`;
  if ((await tools.editor.showError(message, again)) !== again) return false;
  return runStep(tools, project, step);
}

/** The project, by its name only if its files are not on this machine; an error if the step requires them. */
function placeOf(project: ComposeProject, { needsNoFiles }: Step): ComposeProject | string {
  const [missing] = project.missing;
  if (missing === undefined) return project;
  if (needsNoFiles && project.name !== undefined) {
    return { ...project, folder: rootFolder(), files: [], envFiles: [] };
  }
  return missing === ''
    ? t('it is not known from which files its containers were created')
    : t('{0} does not exist on this machine', missing);
}

/** A folder that exists and has no Compose files. */
function rootFolder(): string {
  return process.platform === 'win32' ? (process.env.SystemDrive ?? 'C:') + '\\' : '/';
}

/** Characters of output that are kept for the error message. */
const keptOutput = 16_000;

class StepRun {
  output = '';
  readonly #step: Step;
  readonly #project: ComposeProject;
  #report: ((message: string) => void) | undefined;

  constructor(step: Step, project: ComposeProject) {
    this.#step = step;
    this.#project = project;
  }

  /** Resolves to the exit code; undefined if the program was cancelled. */
  show({ editor }: ComposeTools, invocation: Invocation): Promise<number | undefined> {
    const { progress, verb, once } = this.#step;
    const { title } = this.#project;
    return editor.withProgress(progress(title), async (signal, report) => {
      this.#report = report;
      let exit: Promise<number> | undefined;
      await editor.openTerminal({
        name: `${title}: ${verb}`,
        icon: 'layers',
        note: `${printWords(invocation.argv)}  (${invocation.folder})`,
        ...(once && { once }),
        describeEnd: (code) => Promise.resolve(code === undefined ? t('Cancelled') : undefined),
        start: () => {
          const program = startProgram(invocation, (data) => this.#observe(data));
          signal.addEventListener('abort', () => program.interrupt(), { once: true });
          exit ??= program.exit;
          return Promise.resolve(this.#shown(program));
        },
      });
      const code = await exit?.catch((error: unknown) => {
        if (isEngineError(error) && error.kind === 'cancelled') return undefined;
        throw error;
      });
      this.#report = undefined;
      return signal.aborted ? undefined : code;
    });
  }

  /** The program for the terminal: line ends, an echo of what is typed, and Ctrl+C. */
  #shown(program: RunningProgram): Duplex {
    const shown = attachedStream(program, { tty: false, endsInput: false });
    return {
      ...shown,
      write: (keys) => {
        if (keys.length === 1 && keys[0] === interrupt) program.interrupt();
        else shown.write(keys);
      },
    };
  }

  #observe(data: Buffer): void {
    this.output = (this.output + data.toString()).slice(-keptOutput);
    const line = plainLines(this.output.slice(-500)).at(-1);
    if (line !== undefined) this.#report?.(line);
  }
}

/** Ctrl+C. */
const interrupt = 3;

/** The exit code of a program that was interrupted. */
const interrupted = 130;
