/** What each instruction cost, after its first line, and the totals of stages above them. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { BuildCosts, TextEdit, TextRange } from '../ui/build-marks.ts';
import { applyEdit, editBetween, moveRange } from '../ui/moved-range.ts';

/** A mark and where it is now. */
interface Placed<T> {
  readonly mark: T;
  range: TextRange;
  /** The instruction was edited after the build. */
  isStale: boolean;
}

interface ShownCosts {
  text: string;
  readonly instructions: readonly Placed<BuildCosts['instructions'][number]>[];
  readonly stages: readonly Placed<BuildCosts['stages'][number]>[];
}

const markTypes = ['same', 'better', 'worse', 'stale'] as const;
type MarkType = (typeof markTypes)[number];

const setting = 'drydock.build.showCosts';
/** Files whose costs are kept. */
const mostFiles = 50;
const minute = 60_000;

export class BuildCostMarks implements vscode.CodeLensProvider {
  readonly #costs = new Map<string, ShownCosts>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;
  readonly #types = {
    same: decorationType('editorCodeLens.foreground'),
    better: decorationType('editorCodeLens.foreground', 'gitDecoration.addedResourceForeground'),
    worse: decorationType('editorCodeLens.foreground', 'list.errorForeground'),
    stale: decorationType('disabledForeground', 'disabledForeground', 'italic'),
  };
  #ages: ReturnType<typeof setTimeout> | undefined;
  readonly #registrations: readonly { dispose(): unknown }[];

  constructor() {
    this.#registrations = [
      this.#lensesChanged,
      ...Object.values(this.#types),
      vscode.workspace.onDidChangeTextDocument((event) => this.#onChange(event)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#drawAll()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration(setting)) return;
        this.#drawAll();
        this.#lensesChanged.fire();
      }),
      // A selector for all languages has the lowest rank: the totals come after the actions of the stage.
      vscode.languages.registerCodeLensProvider('*', this),
    ];
  }

  show({ path, text, instructions, stages }: BuildCosts): void {
    this.#costs.delete(path);
    this.#costs.set(path, {
      text,
      instructions: instructions.map((mark) => place(mark)),
      stages: stages.map((mark) => place(mark)),
    });
    const [oldest] = this.#costs.keys();
    if (this.#costs.size > mostFiles && oldest !== undefined) this.#costs.delete(oldest);
    this.#drawAll();
    this.#lensesChanged.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const costs = this.#current(document);
    if (costs === undefined || !isEnabled()) return [];
    const current = costs.stages.filter(({ isStale }) => !isStale);
    if (current.some(({ mark }) => mark.textAt !== undefined)) this.#updateAges();
    return current.map(({ mark, range }) => {
      const at = document.positionAt(range.start);
      // An empty command: the lens is a text.
      return new vscode.CodeLens(new vscode.Range(at, at), {
        title: mark.textAt?.(new Date()) ?? mark.text,
        command: '',
      });
    });
  }

  dispose(): void {
    clearTimeout(this.#ages);
    for (const registration of this.#registrations) registration.dispose();
  }

  /** VS Code asks again only for editors that are visible. */
  #updateAges(): void {
    clearTimeout(this.#ages);
    this.#ages = setTimeout(() => this.#lensesChanged.fire(), minute);
  }

  #onChange({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const costs = document.uri.scheme === 'file' ? this.#costs.get(document.uri.fsPath) : undefined;
    if (costs === undefined || contentChanges.length === 0) return;
    for (const { rangeOffset, rangeLength, text } of contentChanges)
      move(costs, { start: rangeOffset, end: rangeOffset + rangeLength, text });
    costs.text = document.getText();
    this.#drawAll();
  }

  /** The costs at their places in the current text. */
  #current(document: vscode.TextDocument): ShownCosts | undefined {
    const costs = document.uri.scheme === 'file' ? this.#costs.get(document.uri.fsPath) : undefined;
    if (costs === undefined) return undefined;
    const text = document.getText();
    const edit = editBetween(costs.text, text);
    if (edit !== undefined) move(costs, edit);
    return costs;
  }

  #drawAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
  }

  #draw(editor: vscode.TextEditor): void {
    const costs = this.#current(editor.document);
    if (costs === undefined) return;
    const shown = isEnabled() ? costs.instructions : [];
    const byType = new Map<MarkType, vscode.DecorationOptions[]>();
    for (const { mark, range, isStale } of shown) {
      const { text, change } = mark;
      const type: MarkType = isStale
        ? 'stale'
        : change
          ? change.isBetter
            ? 'better'
            : 'worse'
          : 'same';
      const label = isStale ? t('{0}, edited since', text || (change?.text ?? '')) : text;
      const all = byType.get(type) ?? [];
      all.push(decoration(editor, range, { label, change: isStale ? '' : (change?.text ?? '') }));
      byType.set(type, all);
    }
    for (const type of markTypes) editor.setDecorations(this.#types[type], byType.get(type) ?? []);
  }
}

function place<T extends { readonly instruction: TextRange }>(mark: T): Placed<T> {
  return { mark, range: mark.instruction, isStale: false };
}

/** An instruction that was edited stays where it begins. */
function move(costs: ShownCosts, edit: TextEdit): void {
  for (const one of [...costs.instructions, ...costs.stages]) {
    const moved = moveRange(one.range, edit, costs.text);
    if (moved !== undefined) {
      one.range = moved;
      continue;
    }
    one.isStale = true;
    const { start, end } = one.range;
    const shift = edit.text.length - (edit.end - edit.start);
    const from = edit.start < start ? edit.start + edit.text.length : start;
    one.range = { start: from, end: Math.max(from, end + shift) };
  }
  costs.text = applyEdit(costs.text, edit);
}

function isEnabled(): boolean {
  return vscode.workspace.getConfiguration().get(setting) !== false;
}

/**
 * The font of code lenses, as the text is not code: the one that is set for them, or that of the workbench. The API has no
 * property for it, but VS Code copies this one into its style sheet as it is.
 */
const font = [
  'none',
  'font-family: var(--vscode-editorCodeLens-fontFamily, system-ui), system-ui, sans-serif',
  'font-size: var(--vscode-editorCodeLens-fontSize)',
].join('; ');

/** The label is before the place, which is empty, and the change after it: only so they have different colours. */
function decorationType(
  color: string,
  changeColor = color,
  fontStyle = 'normal',
): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    before: {
      color: new vscode.ThemeColor(color),
      margin: '0 0 0 2em',
      fontStyle,
      textDecoration: font,
    },
    after: { color: new vscode.ThemeColor(changeColor), fontStyle, textDecoration: font },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

/** Texts after the first line of the range. */
function decoration(
  { document }: vscode.TextEditor,
  { start }: TextRange,
  { label, change }: { readonly label: string; readonly change: string },
): vscode.DecorationOptions {
  const { line } = document.positionAt(start);
  const end = document.lineAt(line).range.end;
  return {
    range: new vscode.Range(end, end),
    renderOptions: {
      before: { contentText: label },
      after: { contentText: label === '' || change === '' ? change : ` ${change}` },
    },
  };
}
