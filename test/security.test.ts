/** The promises of docs/security.md that the source, the manifest and the pages show. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { commands } from '../client/src/commands/index.ts';
import { pageHtml } from '../client/src/ui/page-html.ts';
import { settings, type Setting } from '../contract/settings.ts';

const root = resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

type Files = ReadonlyMap<string, readonly ts.Node[]>;

/** The syntax nodes of each source file, by path; without tests. */
const sources: Files = new Map(
  ['contract', 'server/src', 'client/src', 'client/webview'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => join(folder, file).replaceAll('\\', '/'))
      .filter((file) => /(?<!\.test|\.d)\.ts$/.test(file))
      .map((file) => [file, nodesOf(file)]),
  ),
);

function nodesOf(file: string): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const add = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, add);
  };
  add(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true));
  return nodes;
}

/** The files with a syntax node that matches, each once. */
function filesWith(matches: (node: ts.Node) => boolean, files = sources): readonly string[] {
  return [...files].filter(([, nodes]) => nodes.some(matches)).map(([name]) => name);
}

function below(folder: string): Files {
  return new Map([...sources].filter(([file]) => file.startsWith(`${folder}/`)));
}

/** The module that an import, a re-export, `import()`, `import type =` or `require()` names. */
function moduleOf(node: ts.Node): string | undefined {
  const isLoaded =
    (ts.isImportDeclaration(node) && node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword) || // prettier-ignore
    ts.isExportDeclaration(node);
  if (isLoaded) return textOf(node.moduleSpecifier);
  if (!ts.isCallExpression(node)) return undefined;
  const { expression, arguments: given } = node;
  const isCall =
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    /^(?:require|createRequire|(?:process\.)?getBuiltinModule|builtinModule)$/.test(
      expression.getText(),
    );
  return isCall ? (textOf(given[0]) ?? 'unknown') : undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function isIdentifier(node: ts.Node, names: RegExp): boolean {
  return ts.isIdentifier(node) && names.test(node.text);
}

const isModule =
  (names: RegExp) =>
  (node: ts.Node): boolean =>
    names.test(moduleOf(node) ?? '');

test('Settings of a workspace choose no engine, program or address', () => {
  const texts = Object.entries(settings as Readonly<Record<string, Setting>>).filter(
    ([, { schema }]) => {
      const { type, enum: values } = schema.json as { readonly type?: string; enum?: unknown };
      return type === 'string' && values === undefined;
    },
  );
  // A new setting with any text is either for the machine or, like a label, has no effect on security.
  const harmless = ['containers.groupByLabel'];
  for (const [name, { scope, restricted }] of texts) {
    expect([name, scope === 'machine' && restricted === true]).toEqual([
      name,
      !harmless.includes(name),
    ]);
  }
  const machine = texts.map(([name]) => name).filter((name) => !harmless.includes(name));
  expect(machine).toEqual(['shellcheck.path', 'engine.host']);
  const manifest = JSON.parse(read('package.json')) as Manifest;
  const properties = Object.assign(
    {},
    ...manifest.contributes.configuration.map((group) => group.properties),
  ) as Readonly<Record<string, { readonly scope: string }>>;
  for (const name of machine) expect(properties[`drydock.${name}`]?.scope).toBe('machine');
  expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual(
    machine.map((name) => `drydock.${name}`),
  );
  // Settings are read where VS Code has applied their scope, and files of a project have no such options.
  expect(filesWith((node) => isIdentifier(node, /^workspace(?:Folder)?Value$/))).toEqual([
    // Reads files.associations of the workspace, to add a Dockerfile to them.
    'client/src/vscode/dockerfile-offer.ts',
    'client/src/vscode/editor.ts',
  ]);
  const schema = JSON.parse(read('schemas/config.schema.json')) as { readonly properties: object };
  expect(Object.keys(schema.properties).sort()).toEqual(['$schema', 'everyRule', 'rules']);
});

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: object }[];
    readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
}

test('An untrusted workspace builds no image, starts no container and opens no shell', () => {
  const manifest = JSON.parse(read('package.json')) as Manifest;
  const enablement = new Map(
    manifest.contributes.commands.map((one) => [one.command, one.enablement ?? '']),
  );
  const runs = /^(?:build|create|start|restart|attach|exec|commit|update|load|push)$/;
  const features = /\/(?:build|compose|shell|run|commit|update)\//;
  const found: string[] = [];
  for (const { id, command } of commands) {
    const file = `client/src/commands/${id.replace('.', '/')}.ts`;
    const calls = (node: ts.Node): boolean =>
      (ts.isCallExpression(node) &&
        ts.isPropertyAccessExpression(node.expression) &&
        /^(?:engine|connected)$/.test(node.expression.expression.getText()) &&
        runs.test(node.expression.name.text)) ||
      isModule(features)(node);
    const source = sources.get(file);
    expect(source, file).toBeDefined();
    if (filesWith(calls, new Map(source && [[file, source]])).length === 0) continue;
    found.push(id);
    expect([id, command.trusted]).toEqual([id, true]);
    expect(enablement.get(`drydock.${id}`)).toContain('isWorkspaceTrusted');
  }
  expect(found).toEqual(
    expect.arrayContaining(['dockerfile.build', 'containers.start', 'containers.shell']),
  );
  // Each command is guarded when it runs, too, because menus and keys are not the only way to run one.
  expect(read('client/src/vscode/commands.ts')).toContain(
    'if (command.trusted && !vscode.workspace.isTrusted) {',
  );
  expect(read('client/src/vscode/terminal-profile.ts')).toContain(
    'if (!vscode.workspace.isTrusted) {',
  );
});

test('Only four files of the source start programs, and none of them uses a shell', () => {
  const programs = filesWith(isModule(/^(?:node:)?(?:child_process|cluster)$/));
  expect(programs).toEqual([
    'server/src/shellcheck/program.ts',
    'client/src/compose/program.ts',
    'client/src/engine/docker-cli/credential-helper.ts',
    'client/src/engine/transport/program-stream.ts',
  ]);
  for (const file of programs) {
    const names = /import \{([^}]*)\} from 'node:child_process'/.exec(read(file))?.[1] ?? '';
    const values = names.split(',').map((name) => name.trim());
    const functions = values.filter((name) => name !== '' && !name.startsWith('type '));
    expect([file, functions]).toEqual([file, [expect.stringMatching(/^(?:spawn|execFile)$/)]]);
  }
  const usesShell = (node: ts.Node): boolean =>
    (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
    /^(?:shell|windowsVerbatimArguments)$/.test(node.name.getText());
  expect(filesWith(usesShell, new Map(programs.map((file) => [file, sources.get(file)!])))).toEqual(
    [],
  );
  // Threads run our own bundles.
  expect(filesWith(isModule(/^(?:node:)?worker_threads$/))).toEqual([
    'server/src/cli/workers.ts',
    'server/src/start/code-cache.ts',
    'client/src/logs/search-worker.ts',
    'client/src/logs/searcher.ts',
  ]);
  // VS Code starts tasks and terminals with what these classes describe.
  const tasks = /^(?:ShellExecution|ProcessExecution|shellPath|shellArgs)$/;
  expect(filesWith((node) => isIdentifier(node, tasks))).toEqual([]);
  // A custom execution is a function of the extension: tasks of builds, in trusted workspaces only.
  expect(filesWith((node) => isIdentifier(node, /^CustomExecution$/))).toEqual([
    'client/src/vscode/build-tasks.ts',
  ]);
  expect(read('client/src/vscode/build-tasks.ts')).toContain('if (!vscode.workspace.isTrusted) {');
});

test('Command lines in terminals are not run by Drydock', () => {
  const sends = (node: ts.Node): boolean =>
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'sendText';
  const presses = (node: ts.Node): boolean =>
    sends(node) && (node as ts.CallExpression).arguments[1]?.kind !== ts.SyntaxKind.FalseKeyword;
  expect(filesWith(sends)).toEqual(['client/src/vscode/terminal.ts']);
  expect(filesWith(presses)).toEqual([]);
  const commandsOfVSCode = /workbench\.action\.(?:terminal\.(?:sendSequence|runSelectedText)|tasks\.runTask)/; // prettier-ignore
  expect(filesWith((node) => commandsOfVSCode.test(textOf(node) ?? ''))).toEqual([]);
});

const networkModules = /^(?:node:)?(?:net|tls|http|https|http2|dns|dgram|inspector)(?:\/|$)/;
const networkGlobals = /^(?:fetch|WebSocket|XMLHttpRequest|EventSource|RTCPeerConnection|sendBeacon)$/; // prettier-ignore

const standardInput = 'server/src/lsp/stdio.ts';

test('Only the engine adapter opens network connections', () => {
  const files = filesWith(isModule(networkModules));
  expect(files).not.toEqual([]);
  expect(
    files.filter((file) => !/^client\/src\/engine\/(?:docker-api|transport|buildkit)\//.test(file)),
  ).toEqual([standardInput]);
  // A socket for standard input, which is open already: it connects to nothing.
  const [, imported = ''] = /import \{ ([^}]*) \} from 'node:net'/.exec(read(standardInput)) ?? [];
  expect(imported.split(', ').filter((name) => !name.startsWith('type '))).toEqual(['Socket']);
  expect(read(standardInput).match(/\bSocket\(\w*\)/g)).toEqual(['Socket(options)']);
  expect(read(standardInput)).toContain('= {\n      fd: 0,\n');
  expect(read(standardInput)).not.toMatch(/connect(?!Opts)/i);
  const uses = (node: ts.Node): boolean =>
    isIdentifier(node, networkGlobals) && !ts.isPropertyAssignment(node.parent);
  expect(filesWith(uses)).toEqual([]);
  expect(filesWith(isModule(/^(?:dockerode|docker-modem|@grpc\/)/)).every(isInAdapter)).toBe(true);
});

function isInAdapter(file: string): boolean {
  return /^client\/src\/engine\/(?:docker-api|buildkit)\//.test(file);
}

test('Nothing collects or sends telemetry', () => {
  const manifest = JSON.parse(read('package.json')) as { readonly dependencies: object };
  const packages = Object.keys(
    (JSON.parse(read('package-lock.json')) as { readonly packages: object }).packages,
  );
  const senders = /telemetry|applicationinsights|analytics|segment|sentry|posthog|bugsnag|mixpanel/;
  expect(Object.keys(manifest.dependencies).filter((name) => senders.test(name))).toEqual([]);
  const shipped = packages.filter((name) => /^node_modules\/(?!@types\/)/.test(name));
  expect(shipped.filter((name) => /@vscode\/extension-telemetry|@opentelemetry\/exporter|applicationinsights|@sentry\//.test(name))).toEqual([]); // prettier-ignore
  const names = /^(?:createTelemetryLogger|TelemetryReporter|TelemetryLogger|machineId|sessionId|sendTelemetry\w*|telemetryEvent)$/; // prettier-ignore
  expect(filesWith((node) => isIdentifier(node, names))).toEqual([]);
});

test('No text is executed as code', () => {
  const executes = (node: ts.Node): boolean =>
    (ts.isCallExpression(node) && isIdentifier(node.expression, /^(?:eval|Function)$/)) ||
    (ts.isNewExpression(node) && isIdentifier(node.expression, /^Function$/)) ||
    (ts.isCallExpression(node) &&
      isIdentifier(node.expression, /^set(?:Timeout|Interval)$/) &&
      textOf(node.arguments[0]) !== undefined);
  expect(filesWith(executes)).toEqual([]);
  // It starts our own bundle from a cache of its compiled code.
  expect(filesWith(isModule(/^(?:node:)?vm$/))).toEqual(['server/src/start/code-cache.ts']);
  // Modules are loaded by a fixed name, apart from that bundle.
  expect(filesWith((node) => moduleOf(node) === 'unknown')).toEqual(
    filesWith((node) => moduleOf(node) === 'unknown', below('server/src/start')),
  );
});

test('Pages load only their own script and style sheet', () => {
  const hostile = `"><script src="https://example.com/x.js"></script>'<img onerror=x src=x>`;
  const page = { language: 'en', source: 'vscode-resource:', nonce: 'bm9uY2U=', script: 'x.js', style: 'x.css' }; // prettier-ignore
  for (const html of [
    pageHtml({ ...page, title: 'Run' }),
    pageHtml({ ...page, title: hostile, language: hostile }),
  ]) {
    const [, policy = ''] =
      /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    const directives = policy.replaceAll('&#39;', "'").split('; ');
    expect(directives).toEqual([
      "default-src 'none'",
      'style-src vscode-resource:',
      'font-src vscode-resource:',
      "script-src 'nonce-bm9uY2U='",
      "form-action 'none'",
      "base-uri 'none'",
    ]);
    expect(html.match(/<(?!\/|!|html|head|meta|title|body|main|p>)[^>]*>/g)).toEqual([
      '<link rel="stylesheet" href="x.css">',
      '<script nonce="bm9uY2U=" src="x.js">',
    ]);
    const outsideValues = html.replaceAll(/"[^"]*"/g, '""');
    expect(outsideValues).not.toMatch(/<[^>]*\s(?:on\w+|style)\s*=/i);
  }
  // All webviews are made in one place, with a random value that cannot be guessed, and see no other files.
  const creates = /^(?:createWebviewPanel|registerWebviewViewProvider|registerCustomEditorProvider|createWebviewTextEditorInset)$/; // prettier-ignore
  expect(filesWith((node) => isIdentifier(node, creates))).toEqual(['client/src/vscode/pages.ts']);
  const opener = read('client/src/vscode/pages.ts');
  expect(opener.match(/\.html = .*/g)).toEqual(['.html = documentOf(panel.webview, page);']);
  expect(opener).toContain("nonce: randomBytes(16).toString('base64')");
  expect(opener).toContain('localResourceRoots: [dist]');
  expect(opener).toContain('if (accepts(message)) listener.onMessage(message);');
});

test('Pages do not insert text as HTML and open no connection', () => {
  const html = /^(?:innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|srcdoc|createContextualFragment|DOMParser|writeln)$/; // prettier-ignore
  const pages = below('client/webview');
  expect(pages.size).toBeGreaterThan(5);
  expect(filesWith((node) => isIdentifier(node, html), pages)).toEqual([]);
  expect(filesWith((node) => isIdentifier(node, networkGlobals), pages)).toEqual([]);
});

test('Markdown with links to commands can only explain rules', () => {
  const trusts = (node: ts.Node): boolean =>
    (ts.isPropertyAssignment(node) && node.name.getText() === 'isTrusted') ||
    (ts.isBinaryExpression(node) && /\.isTrusted$/.test(node.left.getText()) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken); // prettier-ignore
  const files = filesWith(trusts);
  expect(files).toEqual([
    'client/src/browser.ts',
    'client/src/server.ts',
    'client/src/vscode/rule-pages.ts',
  ]);
  for (const file of files) {
    const values = [...read(file).matchAll(/isTrusted(?: =|:) (.*?\})/g)].map(([, value]) => value);
    expect([file, values]).toEqual([file, ['{ enabledCommands: [explainRule] }']]);
  }
  expect(filesWith((node) => isIdentifier(node, /^supportHtml$/))).toEqual([]);
});

test('each promise of the security page has a test, and each test is on the page', () => {
  const section = /## Promises\n([\s\S]*?)\n## /.exec(read('docs/security.md'))?.[1] ?? '';
  const promises = [...section.matchAll(/^- (.*)$/gm)].map(([, text]) => text);
  const tests = ['test/security.test.ts', 'test/e2e/security.test.ts'].flatMap((file) =>
    [...read(file).matchAll(/^test\('([A-Z][^']*)'/gm)].map(([, title]) => title),
  );
  expect(promises.length).toBeGreaterThan(10);
  expect([...promises].sort()).toEqual([...tests].sort());
});

test('the security page is linked where people look for it', () => {
  for (const file of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md']) {
    expect([file, read(file).includes('](docs/security.md)')]).toEqual([file, true]);
  }
});
