/** What the buttons of the page and of the messages at the end of a build do. */
import { t } from '@vscode/l10n';
import { readRegularFile } from '../../engine/regular-file.ts';
import type { BuildStart } from '../../ui/builds.ts';
import { editBetween, moveRange, positionAt } from '../../ui/moved-range.ts';
import type { Tools } from '../../ui/tools.ts';
import type { BuildPage } from './build-page.ts';
import { logLines, type BuildRun } from './build-run.ts';
import { errorText, failedLine } from './failure-box.ts';
import { failureMessage, successMessage } from './head.ts';
import type { ActionName } from './page.ts';
import { optionsCommand, type BuildRecord } from './record.ts';
import { openStageShell } from './stage-shell.ts';

/** A build, its page and its result. */
export interface ShownBuild {
  readonly page: BuildPage;
  /** Of the latest build in the page. */
  record: BuildRecord;
}

interface Announcement {
  readonly message: string;
  /** The buttons' texts by name. */
  readonly labels: Readonly<Record<string, string>>;
  readonly buttons: readonly string[];
  readonly shown: ShownBuild;
}

export class BuildActions {
  readonly #tools: Tools;
  readonly #build: (start: BuildStart) => Promise<unknown>;

  constructor(tools: Tools, build: (start: BuildStart) => Promise<unknown>) {
    this.#tools = tools;
    this.#build = build;
  }

  /** Rejects with what the action rejects with. */
  async act(name: ActionName, shown: ShownBuild): Promise<void> {
    const { editor } = this.#tools;
    const { page, record } = shown;
    const { run } = page;
    switch (name) {
      case 'cancel':
        run.cancel();
        return;
      case 'again':
        await (run.start.again?.() ?? this.#build(run.start));
        return;
      case 'options':
        return editor.runCommand(optionsCommand, {
          file: run.start.request.dockerfile,
        });
      case 'run':
        return this.#onImage('images.run', record, run.start.request.tags[0]);
      case 'layers':
        return this.#onImage(await layersCommand(editor), record, run.start.request.tags[0]);
      case 'push':
        return this.#onImage('images.push', record, run.start.request.tags[0]);
      case 'more':
        return this.#more(shown);
      case 'go': {
        const line = await currentLine(run);
        if (line !== undefined) await editor.showLine(run.start.request.dockerfile, line);
        return;
      }
      case 'output': {
        const step = run.failedStep;
        if (step === undefined) return;
        await editor.showDocument(t('Output of {0}', step.name), logLines(step).join('\n'), 'log');
        return;
      }
      case 'shell':
        return openStageShell(run, this.#tools);
      case 'copy':
        return editor.copyToClipboard(errorText(run));
    }
  }

  /** The message after a build whose page was hidden, or that took long. */
  announceSuccess(shown: ShownBuild): void {
    const { page, record } = shown;
    const names = ['run', 'layers', ...(page.run.start.request.tags.length > 0 ? ['push'] : [])];
    const labels: Readonly<Record<string, string>> = {
      run: t('Run…'),
      layers: t('Show Layers'),
      push: t('Push'),
    };
    const message = successMessage(page.run, record.image?.size, record.before);
    const buttons = record.image === undefined ? [] : names;
    const { editor } = this.#tools;
    this.#announce((...say) => editor.showInformation(...say), { message, labels, buttons, shown });
  }

  announceFailure(shown: ShownBuild): void {
    const { run } = shown.page;
    const line = failedLine(run);
    const labels: Readonly<Record<string, string>> = {
      show: t('Show Output'),
      go: t('Go to Line'),
      again: t('Build Again'),
    };
    const buttons = ['show', ...(line === undefined ? [] : ['go']), 'again'];
    const message = failureMessage(run, line);
    const { editor } = this.#tools;
    this.#announce((...say) => editor.showError(...say), { message, labels, buttons, shown });
  }

  /** The build has ended; it does not wait for the message to be closed. */
  #announce(
    show: Tools['editor']['showError'],
    { message, labels, buttons, shown }: Announcement,
  ): void {
    const { run } = shown.page;
    const pressed = show(message, ...buttons.map((name) => labels[name] ?? name));
    void pressed
      .then(async (label) => {
        const name = buttons.find((one) => labels[one] === label);
        if (name === undefined) return;
        if (name === 'show') shown.page.showFailure();
        // The tab may show another build by now.
        else if (shown.page.run === run || name === 'again')
          await this.act(name as ActionName, shown);
      })
      .catch((error: unknown) => {
        void this.#tools.editor.showWarning(error instanceof Error ? error.message : String(error));
      });
  }

  async #more(shown: ShownBuild): Promise<void> {
    const { editor } = this.#tools;
    const { run } = shown.page;
    const hasOptions = await editor.hasCommand(optionsCommand);
    const chosen = await editor.pick<'again' | 'options' | 'id' | 'tag' | 'line'>(run.start.title, [
      { label: t('Build Again'), icon: 'play', value: 'again' },
      ...(hasOptions
        ? [{ label: t('Options…'), icon: 'settings-gear', value: 'options' } as const]
        : []),
      { label: t('Tag Image…'), icon: 'tag', value: 'tag' },
      { label: t('Copy Image ID'), icon: 'copy', value: 'id' },
      ...(run.start.line === undefined
        ? []
        : [{ label: t('Copy Command Line'), icon: 'terminal', value: 'line' } as const]),
    ]);
    if (chosen === 'tag')
      return this.#onImage('images.tag', shown.record, run.start.request.tags[0]);
    if (chosen === 'line') return editor.copyToClipboard(run.start.line ?? '');
    if (chosen === 'id') return editor.copyToClipboard(run.steps.imageId ?? '');
    if (chosen !== undefined) return this.act(chosen, shown);
  }

  async #onImage(command: string, { image }: BuildRecord, tag: string | undefined): Promise<void> {
    if (image === undefined) {
      await this.#tools.editor.showInformation(t('The image no longer exists.'));
      return;
    }
    const own = tag !== undefined && image.tags.includes(tag) ? tag : image.tags[0];
    await this.#tools.editor.runCommand(command, {
      subject: { image, ...(own !== undefined && { tag: own }) },
    });
  }
}

/** The line of the failure in the file as it is now, from 0; undefined if its place is not known. */
async function currentLine(run: BuildRun): Promise<number | undefined> {
  const { place, text } = run;
  if (place === undefined || text === undefined) return undefined;
  const content = await readRegularFile(run.start.request.dockerfile).catch(() => undefined);
  const now = content === undefined ? text : new TextDecoder().decode(content);
  const edit = editBetween(text, now);
  const moved = edit && moveRange(place.instruction, edit, text);
  const shift = moved === undefined ? 0 : moved.start - place.instruction.start;
  return positionAt(now, place.start + shift).line;
}

/** The page of the layers, or the history of the image. */
async function layersCommand(editor: Tools['editor']): Promise<string> {
  return (await editor.hasCommand('images.layers')) ? 'images.layers' : 'images.history';
}
