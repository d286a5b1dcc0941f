import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { open } from './drydock.ts';
import { eventually } from './eventually.ts';
import { test } from './runner.ts';

test('detects the language dockerfile for all file names', async () => {
  for (const name of ['Dockerfile', 'Dockerfile.dev', 'api.Dockerfile', 'Containerfile']) {
    const { document } = await open(name, 'FROM scratch\n');
    assert.equal(document.languageId, 'dockerfile', name);
  }
});

test('reports a diagnostic with a rule and a link', async () => {
  const { document } = await open('mistake.Dockerfile', 'FROM scratch\nMAINTAINER me\n');
  const [diagnostic] = await diagnosticsOf(document.uri);
  assert.ok(diagnostic);
  assert.equal(diagnostic.range.start.line, 1);
  assert.ok(typeof diagnostic.code === 'object', 'the code has no link');
});

test('removes the diagnostic when the text is corrected', async () => {
  const editor = await open('corrected.Dockerfile', 'FROM scratch\nMAINTAINER me\n');
  const { uri } = editor.document;
  await diagnosticsOf(uri);
  await editor.edit((edit) => edit.delete(new vscode.Range(1, 0, 2, 0)));
  await eventually(vscode.languages.onDidChangeDiagnostics, () =>
    vscode.languages.getDiagnostics(uri).length === 0 ? true : undefined,
  );
});

test('sees that a source of COPY is created by another program', async () => {
  const { document } = await open(
    'copies.Dockerfile',
    'FROM scratch\nCOPY copies.Dockerfile later.txt /\n',
  );
  const missing = () =>
    vscode.languages
      .getDiagnostics(document.uri)
      .some(({ message }) => message.includes('later.txt'));
  const changed = vscode.languages.onDidChangeDiagnostics;
  await eventually(changed, () => missing() || undefined);
  const file = path.join(path.dirname(document.uri.fsPath), 'later.txt');
  writeFileSync(file, '');
  await eventually(changed, () => !missing() || undefined);
  rmSync(file);
  await eventually(changed, () => missing() || undefined);
});

test('offers a quick fix that changes the text', async () => {
  const { document } = await open('fixable.Dockerfile', 'FROM scratch\nMAINTAINER me\n');
  const [diagnostic] = await diagnosticsOf(document.uri);
  assert.ok(diagnostic);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    diagnostic.range,
    vscode.CodeActionKind.QuickFix.value,
  );
  const fix = actions.find(({ edit, isPreferred }) => edit && isPreferred);
  assert.ok(fix?.edit, `offered: ${actions.map(({ title }) => title).join(', ')}`);
  await vscode.workspace.applyEdit(fix.edit);
  assert.doesNotMatch(document.getText(), /^MAINTAINER/m);
});

test('completes instructions, and stages after --from=', async () => {
  const text = 'FROM scratch AS build\n\nFROM scratch\nCOPY --from=\nW';
  const { document } = await open('completion.Dockerfile', text);
  assert.ok((await completions(document, 4, 1)).includes('WORKDIR'));
  assert.ok((await completions(document, 3, 12)).includes('build'));
});

test('shows a hover for an instruction', async () => {
  const { document } = await open('hover.Dockerfile', 'FROM scratch\nHEALTHCHECK NONE\n');
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    new vscode.Position(1, 3),
  );
  const texts = hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : content));
  assert.match(JSON.stringify(texts), /health/i);
});

test('shows the stages in the outline', async () => {
  const { document } = await open(
    'outline.Dockerfile',
    'FROM scratch AS build\nFROM build AS final\n',
  );
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
    'vscode.executeDocumentSymbolProvider',
    document.uri,
  );
  const names = symbols.map(({ name }) => name).join('\n');
  assert.match(names, /build[^]*final/);
});

/** The diagnostics of a file as soon as it has any. */
function diagnosticsOf(uri: vscode.Uri): Promise<readonly vscode.Diagnostic[]> {
  return eventually(vscode.languages.onDidChangeDiagnostics, () => {
    const diagnostics = vscode.languages.getDiagnostics(uri);
    return diagnostics.length > 0 ? diagnostics : undefined;
  });
}

async function completions(
  { uri }: vscode.TextDocument,
  line: number,
  character: number,
): Promise<readonly string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    new vscode.Position(line, character),
  );
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}
