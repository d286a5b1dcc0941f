/** The form of one build. It holds the options; the page shows them and sends changes. */
import { t } from '@vscode/l10n';
import type { Editor } from '../../ui/editor.ts';
import type { FormWork } from '../../form/session.ts';
import { formTexts } from '../../form/session.ts';
import type { FormError, FormMark, FormState, FormValue } from '../../form/page.ts';
import { printWords, type LineContext } from '../../command-line/words.ts';
import { specOfLine, type Place, type ReadLine } from '../line.ts';
import { table, type OptionName } from '../options/table.ts';
import { writtenFile, writtenPath } from '../paths.ts';
import { lineOfSpec, optionWords } from '../print.ts';
import { contextOf, sourceOf } from '../request.ts';
import { keptOptions, valuesOf, withValues, type BuildSpec } from '../spec.ts';
import { problemsOf, type Offer, type Problem } from './checks.ts';
import { withAdded, withControl } from './controls.ts';
import type { LateFacts } from './late-facts.ts';
import { rowNames, rowsOf, sections, type RowName } from './rows.ts';
import { tokensOf } from './tokens.ts';
import type { World } from './world.ts';

export interface BuildFormOptions {
  readonly editor: Editor;
  readonly spec: BuildSpec;
  /** The facts for these options; read again whenever they change. */
  readonly world: (spec: BuildSpec) => Promise<World>;
  readonly context: LineContext;
  /** What is built and when it was built last. */
  readonly facts: (spec: BuildSpec) => readonly string[];
  /** Resolves to whether the form can close. */
  readonly act: (
    action: string,
    spec: BuildSpec,
    busy: (message: string) => void,
  ) => Promise<boolean>;
  readonly showContext: (folder: string) => Promise<void>;
  /** What the form does not wait for. */
  readonly late: Pick<LateFacts, 'changed' | 'close'>;
}

export class BuildForm implements FormWork {
  readonly #options: BuildFormOptions;
  #spec: BuildSpec;
  /** The line as it was typed; undefined if it is written from the options. */
  #typed: string | undefined;
  #world: World | undefined;
  /** The fixes of the state that was sent last, by the id of their button. */
  #offers = new Map<string, { readonly offer: Offer; readonly row: RowName | undefined }>();

  constructor(options: BuildFormOptions) {
    this.#options = options;
    this.#spec = options.spec;
  }

  listen(changed: () => void): void {
    this.#options.late.changed = changed;
  }

  close(): void {
    this.#options.late.close();
  }

  async state(): Promise<FormState> {
    const world = await this.#options.world(this.#spec);
    this.#world = world;
    const read = specOfLine(this.#line(), this.#options.context);
    const problems = [...lineProblems(read), ...problemsOf(this.#spec, world)];
    this.#offers = new Map();
    const errors = problems
      .filter(({ severity }) => severity === 'error')
      .map((one) => this.#error(one, world));
    const rows = rowsOf(this.#spec, world, (name) => this.#marksOf(name, problems, world));
    return {
      title: t('Build Image'),
      facts: this.#options.facts(this.#spec),
      sections: sections(),
      rows,
      line: {
        text: this.#line(),
        tokens: tokensOf(read.parts, (place, index) => isWrong(problems, place, index)),
        kept: this.#kept().map(({ words }) => printWords(words)),
        marks: this.#lineMarks(problems),
      },
      errors,
      errorSummary: errorSummary(errors.length),
      actions: [
        { id: 'task', label: t('Save as Task…') },
        { id: 'build', label: t('Build'), primary: true },
      ],
      texts: formTexts(t('secret or --shm-size'), t('Command line')),
    };
  }

  #line(): string {
    const { editor } = this.#options;
    return (
      this.#typed ?? lineOfSpec(this.#spec, editor.platform === 'windows' ? 'powershell' : 'posix')
    );
  }

  #kept(): readonly { readonly words: readonly string[]; readonly removed: BuildSpec }[] {
    const spec = this.#spec;
    return [
      ...keptOptions(spec).map((name) => ({
        words: optionWords(spec, name),
        removed: withValues(spec, name, []),
      })),
      ...spec.unknown.map((words, index) => ({
        words,
        removed: { ...spec, unknown: spec.unknown.filter((_, other) => other !== index) },
      })),
    ];
  }

  #marksOf(name: RowName, problems: readonly Problem[], world: World): readonly FormMark[] {
    return problems
      .filter(({ place }) => place === name)
      .map((problem) => this.#mark(problem, itemOf(problem, this.#spec, world)));
  }

  /** Problems of the whole command, and of options that have no row. */
  #lineMarks(problems: readonly Problem[]): readonly FormMark[] {
    return problems
      .filter(({ place }) => !rowNames.some((name) => name === place))
      .map((problem) => this.#mark(problem, undefined));
  }

  #mark({ severity, message, place, offers = [] }: Problem, item: number | undefined): FormMark {
    const row = rowNames.find((name) => name === place);
    return {
      severity,
      message,
      ...(item !== undefined && { item }),
      offers: offers.map((offer) => {
        const id = String(this.#offers.size);
        this.#offers.set(id, { offer, row });
        return { id, label: offer.label };
      }),
    };
  }

  #error(problem: Problem, world: World): FormError {
    const { place, index = 0 } = problem;
    if (place === 'context') return { label: t('build context'), row: 'context' };
    if (place === 'line' || !rowNames.some((name) => name === place))
      return { label: t('command line') };
    const value = valuesOf(this.#spec, place)[index];
    const item = itemOf(problem, this.#spec, world);
    return {
      label:
        value === undefined || value === 'true'
          ? table[place].label().toLowerCase()
          : `--${place} ${shortened(value)}`,
      row: place,
      ...(item !== undefined && { item }),
    };
  }

  #change(spec: BuildSpec): void {
    this.#spec = spec;
    this.#typed = undefined;
  }

  edit(row: string, value: FormValue): void {
    if (row === 'context') {
      if (typeof value === 'string') this.#change({ ...this.#spec, context: value.trim() });
      return;
    }
    const name = rowOption(row);
    if (name !== undefined) this.#change(withControl(this.#spec, name, value));
  }

  add(row: string, texts: readonly string[]): void {
    const name = rowOption(row);
    if (name === undefined) return;
    const { context } = this.#options;
    if (table[name].kind === 'list') this.#change(withAdded(this.#spec, name, { texts, context }));
  }

  reset(row: string): void {
    const defaults = this.#world?.defaults;
    if (defaults === undefined) return;
    if (row === 'context') this.#change({ ...this.#spec, context: defaults.context });
    const name = rowOption(row);
    if (name !== undefined) this.#change(withValues(this.#spec, name, valuesOf(defaults, name)));
  }

  async offer(id: string): Promise<void> {
    const found = this.#offers.get(id);
    if (found === undefined) return;
    if (found.offer.fix !== 'browse') this.#change(found.offer.fix);
    else if (found.row !== undefined) await this.browse(found.row);
  }

  async browse(row: string): Promise<void> {
    const { editor, context } = this.#options;
    const here = contextOf(this.#spec, context);
    const folder = here.folder ?? '';
    if (row === 'context') {
      const chosen = await editor.chooseFolder(t('Select the build context'));
      if (chosen !== undefined)
        this.#change({ ...this.#spec, context: writtenPath(folder, chosen) });
      return;
    }
    const name = rowOption(row);
    const control = name === undefined ? undefined : table[name].field?.control;
    if (name === undefined || control?.kind !== 'text' || control.browse === undefined) return;
    const chosen =
      control.browse === 'save'
        ? await editor.chooseSaveFile(table[name].label(), name)
        : await editor.chooseFile(t('Select a Dockerfile'));
    if (chosen !== undefined)
      this.#change(withValues(this.#spec, name, [writtenFile(folder, chosen)]));
  }

  readLine(text: string): void {
    this.#spec = specOfLine(text, this.#options.context).spec;
    this.#typed = text.replace(/\r\n?/g, '\n');
  }

  removeKept(index: number): void {
    const found = this.#kept()[index];
    if (found !== undefined) this.#change(found.removed);
  }

  async follow(link: string): Promise<void> {
    const source = sourceOf(this.#spec, this.#options.context);
    if (link === 'context' && source.kind === 'directory')
      await this.#options.showContext(source.path);
  }

  act(action: string, busy: (message: string) => void): Promise<boolean> {
    return this.#options.act(action, this.#spec, busy);
  }
}

/** The option of a row; undefined if the page names something else. */
function rowOption(row: string): OptionName | undefined {
  const name = rowNames.find((one) => one === row);
  return name === 'context' ? undefined : name;
}

/** Problems that reading the command has found. */
function lineProblems({ troubles }: ReadLine): readonly Problem[] {
  // Tags are checked with all options, where a wrong one can be fixed.
  return troubles
    .filter(({ place, index }) => place !== 'tag' || index === undefined)
    .map(({ place, index, severity, message }) => ({
      place: place === 'unknown' ? 'line' : place,
      severity,
      message,
      ...(index !== undefined && { index }),
    }));
}

function isWrong(problems: readonly Problem[], place: Place, index: number): boolean {
  return problems.some(
    (one) => one.place === place && one.severity === 'error' && (one.index ?? index) === index,
  );
}

/** The item of a list that shows the problem; undefined for other rows. */
function itemOf({ place, index }: Problem, spec: BuildSpec, { facts }: World): number | undefined {
  if (index === undefined || place === 'context' || place === 'line') return undefined;
  if (table[place].kind !== 'list' || table[place].field?.control.kind === 'platforms')
    return undefined;
  return place === 'build-arg' ? argumentItem(valuesOf(spec, place), index, facts) : index;
}

/** Declared arguments come first, in the order of the file. */
function argumentItem(
  values: readonly string[],
  index: number,
  facts: World['facts'],
): number | undefined {
  const nameOf = (value: string) => value.split('=', 1)[0] ?? '';
  const declared = (facts?.arguments ?? []).filter(
    ({ name, predefined }) => !predefined || values.some((value) => nameOf(value) === name),
  );
  const name = nameOf(values[index] ?? '');
  const own = declared.findIndex((one) => one.name === name);
  if (own >= 0) return own;
  const names = new Set(declared.map((one) => one.name));
  const others = values.flatMap((value, at) => (names.has(nameOf(value)) ? [] : [at]));
  const at = others.indexOf(index);
  return at < 0 ? undefined : declared.length + at;
}

function errorSummary(count: number): string {
  if (count === 0) return '';
  return count === 1 ? t('1 error:') : t('{0} errors:', count);
}

function shortened(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
