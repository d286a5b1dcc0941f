/** Failures of builds as problems in their Dockerfiles, which move with the text and disappear when it is edited. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { BuildProblem, Fix, TextEdit, TextRange } from '../ui/build-marks.ts';
import { applyEdit, editBetween, moveRange, positionAt } from '../ui/moved-range.ts';

interface ShownProblem {
  readonly problem: BuildProblem;
  /** The text that the ranges refer to. */
  text: string;
  range: TextRange;
  instruction: TextRange;
  /** Undefined in place of a fix whose text was edited. */
  fixes: readonly (Fix | undefined)[];
  readonly watcher: vscode.Disposable;
}

export class BuildProblems implements vscode.CodeActionProvider {
  readonly #collection = vscode.languages.createDiagnosticCollection('drydock build');
  readonly #shown = new Map<string, ShownProblem>();
  readonly #registrations: readonly { dispose(): unknown }[];

  constructor() {
    this.#registrations = [
      this.#collection,
      vscode.workspace.onDidChangeTextDocument((event) => this.#onChange(event)),
      vscode.workspace.onDidOpenTextDocument((document) =>
        this.#compare(document.uri.fsPath, document.getText()),
      ),
      vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    ];
  }

  /** Shows the problem if the instruction that failed is still the same in the current text. */
  async show(problem: BuildProblem): Promise<void> {
    const { path, text, instruction, fixes } = problem;
    this.clear(path);
    const current = await currentText(path);
    if (current === undefined) return;
    const shown: ShownProblem = {
      problem,
      text,
      range: { start: problem.start, end: problem.end },
      instruction,
      fixes,
      watcher: this.#watch(path),
    };
    this.#shown.set(path, shown);
    this.#compare(path, current);
    this.#draw(path);
  }

  clear(path: string): void {
    this.#shown.get(path)?.watcher.dispose();
    this.#shown.delete(path);
    this.#collection.delete(vscode.Uri.file(path));
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    at: vscode.Range,
  ): Promise<vscode.CodeAction[]> {
    const shown = this.#shown.get(document.uri.fsPath);
    if (shown === undefined || shown.text !== document.getText()) return [];
    const diagnostics = [...(this.#collection.get(document.uri) ?? [])];
    if (!diagnostics.some(({ range }) => range.intersection(at) !== undefined)) return [];
    const { text } = shown;
    const kept = shown.fixes.filter((fix) => fix !== undefined);
    const fixes = await Promise.all(kept.map((fix) => actionOf(fix, { uri: document.uri, text })));
    const known = await vscode.commands.getCommands(true);
    const commands = [
      [t('Show Build Output'), 'drydock.dockerfile.show-build'],
      [t('Build Again'), 'drydock.dockerfile.build-again'],
    ].filter(([, command = '']) => known.includes(command));
    return [
      ...fixes
        .filter((action) => action !== undefined)
        .map((action) => {
          action.diagnostics = diagnostics;
          return action;
        }),
      ...commands.map(([title = '', command = '']) => {
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.command = { title, command, arguments: [document.uri] };
        action.diagnostics = diagnostics;
        return action;
      }),
    ];
  }

  dispose(): void {
    for (const path of [...this.#shown.keys()]) this.clear(path);
    for (const registration of this.#registrations) registration.dispose();
  }

  #onChange({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const path = document.uri.fsPath;
    if (document.uri.scheme !== 'file' || !this.#shown.has(path)) return;
    // VS Code reports several changes from the end of the text to its start.
    for (const { rangeOffset, rangeLength, text } of contentChanges)
      this.#move(path, { start: rangeOffset, end: rangeOffset + rangeLength, text });
    // With line ends as the editor has them.
    const shown = this.#shown.get(path);
    if (shown !== undefined) shown.text = document.getText();
    this.#draw(path);
  }

  /** Follows a change that was not seen as edits: while the file was closed, or before the build ended. */
  #compare(path: string, current: string): void {
    const shown = this.#shown.get(path);
    const edit = shown && editBetween(shown.text, current);
    if (edit === undefined) return;
    this.#move(path, edit);
    this.#draw(path);
  }

  #move(path: string, edit: TextEdit): void {
    const shown = this.#shown.get(path);
    const instruction = shown && moveRange(shown.instruction, edit, shown.text);
    if (shown === undefined || instruction === undefined) {
      this.clear(path);
      return;
    }
    // The range is inside the instruction, or beside it.
    const shift = instruction.start - shown.instruction.start;
    shown.range = { start: shown.range.start + shift, end: shown.range.end + shift };
    shown.instruction = instruction;
    shown.fixes = shown.fixes.map((fix) =>
      fix?.path === undefined ? fix && moveFix(fix, edit, shown.text) : fix,
    );
    shown.text = applyEdit(shown.text, edit);
  }

  #watch(path: string): vscode.Disposable {
    const uri = vscode.Uri.file(path);
    const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    watcher.onDidDelete(() => this.clear(path));
    watcher.onDidChange(() => {
      void currentText(path).then((text) => {
        if (text === undefined) this.clear(path);
        else this.#compare(path, text);
      });
    });
    return watcher;
  }

  #draw(path: string): void {
    const shown = this.#shown.get(path);
    if (shown === undefined) return;
    const { problem, text, range } = shown;
    const diagnostic = new vscode.Diagnostic(
      toRange(text, range),
      problem.message,
      vscode.DiagnosticSeverity.Error,
    );
    diagnostic.source = 'build';
    diagnostic.code = problem.code;
    diagnostic.relatedInformation = problem.related.map(
      (place) =>
        new vscode.DiagnosticRelatedInformation(
          new vscode.Location(vscode.Uri.file(place.path), new vscode.Position(place.line, 0)),
          place.message,
        ),
    );
    this.#collection.set(vscode.Uri.file(path), [diagnostic]);
  }
}

/** Undefined if the file that the fix changes is not as it was when the build failed. */
async function actionOf(
  fix: Fix,
  own: { readonly uri: vscode.Uri; readonly text: string },
): Promise<vscode.CodeAction | undefined> {
  const isOwn = fix.path === undefined;
  const text = isOwn ? own.text : await currentText(fix.path);
  if (text === undefined || (!isOwn && text !== fix.text)) return undefined;
  const uri = isOwn ? own.uri : vscode.Uri.file(fix.path);
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of fix.edits) action.edit.replace(uri, toRange(text, edit), edit.text);
  action.isPreferred = fix.preferred;
  return action;
}

function moveFix(fix: Fix, edit: TextEdit, text: string): Fix | undefined {
  const edits = fix.edits.flatMap((one) => {
    const moved = moveRange(one, edit, text);
    return moved === undefined ? [] : { ...one, ...moved };
  });
  return edits.length === fix.edits.length ? { ...fix, edits } : undefined;
}

function toRange(text: string, { start, end }: TextRange): vscode.Range {
  const from = positionAt(text, start);
  const to = positionAt(text, end);
  return new vscode.Range(from.line, from.character, to.line, to.character);
}

/** The text in the editor, or else of the file; undefined if it cannot be read. */
async function currentText(path: string): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find(
    ({ uri }) => uri.scheme === 'file' && uri.fsPath === path,
  );
  if (open !== undefined) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(path)));
  } catch {
    return undefined;
  }
}
