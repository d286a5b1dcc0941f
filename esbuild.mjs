/**
 * Bundles the extension into dist/, one file per purpose, so that activation loads only what it needs.
 *
 *     node esbuild.mjs [--production] [--watch]
 *
 * esbuild cannot split CommonJS. Each module that is loaded on demand is therefore a separate entry point, and every import
 * of it, dynamic or static, becomes a `require` of its file in dist/.
 *
 * A class must exist only once for `instanceof` to work across files, and so must the state of a module. A module with such
 * a class or variable is therefore also an entry point, which all others require. The build fails if such a module of ours
 * would be included in two bundles of the extension host.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import ts from 'typescript';

const root = import.meta.dirname;

/** Packages used by parts of dockerode that are never called: sessions, its own ssh connection, its build context. */
const unusedByDockerode = ['ssh2', 'tar-fs', '@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs'];

/**
 * `from` is a module, or several modules with shared imports: the file has the exports of all.
 * `size` is the budget of the minified file in kB. `host` marks files for the extension host; `browser` marks files for a
 * browser.
 * `shared` marks files with data only, which the extension host also loads.
 * `format` is set if it does not follow from the others: an extension in a browser is CommonJS.
 * `without` lists properties that are removed from rules, since building and reading them takes time at every start.
 * `ascii` marks files that a code cache is kept for. They are read without decoding; V8 also needs half the memory for them.
 * `cached` marks files that the others load with a V8 code cache.
 * `late` lists modules of Node.js that CommonJS packages require immediately but hardly use.
 * `never` lists packages that must not be in the file, `leaveOut` packages that are replaced by an error.
 */
const bundles = [
  { out: 'extension.js', from: 'client/src/start.ts', host: true, size: 5 },
  // Runs bundles with the code cache that V8 wrote at an earlier start.
  { out: 'code-cache.js', from: 'server/src/start/code-cache.ts', host: true, size: 5 },
  {
    out: 'client.js',
    from: ['client/src/extension.ts', 'client/src/vscode/rows.ts'],
    host: true,
    ascii: true,
    size: 90,
    never: ['dockerode', 'vscode-languageclient', '@grpc/grpc-js', 'protobufjs'],
  },
  // Commands and what else the first rows of the sidebar do not need.
  {
    out: 'features.js',
    from: 'client/src/features.ts',
    host: true,
    cached: true,
    ascii: true,
    size: 200,
    never: ['dockerode', 'vscode-languageclient', '@grpc/grpc-js', 'protobufjs'],
  },
  { out: 'errors.js', from: 'client/src/engine/errors.ts', host: true, size: 10 },
  // Holds the translations for all bundles in the extension host.
  { out: 'l10n.js', from: '@vscode/l10n', host: true, size: 30 },
  {
    out: 'engine.js',
    from: 'client/src/engine/docker-api/connect.ts',
    host: true,
    // The first rows of the sidebar wait for it.
    cached: true,
    ascii: true,
    size: 210,
    leaveOut: unusedByDockerode,
  },
  // The lists of the views, which events keep current: loaded with the first connection of the sidebar.
  { out: 'engine-lists.js', from: 'client/src/engine/lists/engine-lists.ts', host: true, size: 10 },
  // Archives: for copying, and for the contexts of builds.
  { out: 'tar.js', from: 'client/src/engine/tar.ts', host: true, size: 20 },
  // Copying, with its questions, by the engine and by tar in containers.
  {
    out: 'copy.js',
    from: ['client/src/copy/actions.ts', 'client/src/copy/drop.ts'],
    host: true,
    size: 85,
  },
  // Data about public images: loaded with the first list of images, or when an image name is first typed.
  { out: 'bundled-images.js', from: 'client/src/explorer/bundled-images.ts', host: true, size: 60 },
  // Files of containers, volumes and images: loaded when a list of files or a file is opened.
  {
    out: 'files.js',
    from: [
      'client/src/files/session.ts',
      'client/src/files/volume-archive.ts',
      'client/src/files/find.ts',
    ],
    host: true,
    size: 50,
  },
  // gRPC, which only builds through BuildKit use.
  { out: 'buildkit.js', from: 'client/src/engine/buildkit/buildkit.ts', host: true, size: 220 },
  // Builders of docker buildx and of other contexts.
  { out: 'builders.js', from: 'client/src/engine/builders/builders.ts', host: true, size: 60 },
  // The files that are sent to a builder.
  {
    out: 'build-context.js',
    from: [
      'client/src/engine/build-context/context.ts',
      'client/src/engine/build-context/selection.ts',
      'client/src/engine/build-context/walk.ts',
      'client/src/engine/build-context/open-file.ts',
      'client/src/engine/build-context/disk.ts',
      'client/src/engine/build-context/disk-speed.ts',
      'client/src/engine/build-context/pace.ts',
    ],
    host: true,
    size: 30,
  },
  // The forms and their data, with yaml for Compose files.
  {
    out: 'run.js',
    from: [
      'client/src/run/session.ts',
      'client/src/update/session.ts',
      'client/src/commit/session.ts',
      'client/src/recreate/session.ts',
      'client/src/create/session.ts',
    ],
    host: true,
    size: 250,
  },
  // Shells and other processes in terminals.
  {
    out: 'shells.js',
    from: [
      'client/src/shell/open-shell.ts',
      'client/src/shell/shell-picker.ts',
      'client/src/shell/attach.ts',
      'client/src/shell/attached-process.ts',
      'client/src/shell/run-command.ts',
      'client/src/shell/tool-shell.ts',
      'client/src/shell/shell-in-copy.ts',
      'client/src/shell/terminal-profile.ts',
    ],
    host: true,
    size: 40,
  },
  // Docker Compose: its questions, and its runs in terminals.
  { out: 'compose.js', from: 'client/src/compose/session.ts', host: true, size: 60 },
  // The layers page: reads saved images and Dockerfiles.
  {
    out: 'image-layers.js',
    from: ['client/src/layers/open.ts', 'client/src/layers/show-instruction.ts'],
    host: true,
    size: 150,
  },
  // The page of a log: reads, keeps and searches lines; and the thread that searches with expressions.
  { out: 'log-view.js', from: 'client/src/logs/session.ts', host: true, size: 90 },
  { out: 'log-search.js', from: 'client/src/logs/search-worker.ts', size: 15 },
  // The script of the page of a log; its style becomes logs.css.
  { out: 'logs.js', from: 'client/webview/logs/logs.ts', browser: true, size: 30 },
  // Building images: the options of docker build with their form, and tasks.
  {
    out: 'build.js',
    from: ['client/src/build/session.ts', 'client/src/build/run-task.ts'],
    host: true,
    size: 150,
  },
  // For compose files, of the run form and of builds.
  { out: 'compose-yaml.js', from: 'yaml', host: true, size: 130 },
  // The script of the forms of docker commands; its style becomes form.css.
  {
    out: 'form.js',
    from: 'client/webview/form/form.ts',
    browser: true,
    size: 30,
  },
  // The page of a build, loaded with the first build; what shows its result in editors; and the parser of Dockerfiles.
  { out: 'builds.js', from: 'client/src/build/view/builds.ts', host: true, size: 60 },
  // Follows the history of builds while a Dockerfile is visible.
  {
    out: 'builds-elsewhere.js',
    from: 'client/src/build/elsewhere/watcher.ts',
    host: true,
    size: 10,
  },
  { out: 'build-marks.js', from: 'client/src/vscode/build-marks.ts', host: true, size: 15 },
  {
    out: 'dockerfiles.js',
    from: [
      'client/src/build/dockerfile/read-dockerfile.ts',
      'server/src/model/document.ts',
      'server/src/outcome/costs.ts',
      'server/src/outcome/failures.ts',
      'server/src/outcome/steps.ts',
      'server/src/syntax/parse.ts',
    ],
    host: true,
    size: 320,
  },
  // The script of the page of a build; its style becomes build-view.css.
  {
    out: 'build-view.js',
    from: 'client/webview/build-view/build-view.ts',
    browser: true,
    size: 20,
  },
  // The script of a form page; its style becomes form.css.
  // The script of the stats page; its style becomes stats.css.
  { out: 'stats.js', from: 'client/webview/stats/stats.ts', browser: true, size: 15 },
  // The page of processes; its style becomes processes.css.
  {
    out: 'process-list.js',
    from: 'client/src/processes/session.ts',
    host: true,
    size: 10,
  },
  {
    out: 'processes.js',
    from: 'client/webview/processes/processes.ts',
    browser: true,
    size: 10,
  },
  // The page of a container's history; its style becomes history.css.
  {
    out: 'history-list.js',
    from: 'client/src/history/session.ts',
    host: true,
    size: 15,
  },
  { out: 'history.js', from: 'client/webview/history/history.ts', browser: true, size: 10 },
  // The prune page; its style becomes prune.css.
  { out: 'prune-list.js', from: 'client/src/prune/session.ts', host: true, size: 40 },
  { out: 'prune.js', from: 'client/webview/prune/prune.ts', browser: true, size: 15 },
  // The script of the stage graph; its style becomes graph.css.
  { out: 'graph.js', from: 'client/webview/stage-graph/graph.ts', browser: true, size: 15 },
  // The script of the layers page; its style becomes layers.css.
  { out: 'layers.js', from: 'client/webview/layers/layers.ts', browser: true, size: 25 },
  // The page of a build context and what it shows; its style becomes context-page.css.
  {
    out: 'context-view.js',
    from: [
      'client/src/build-context/show.ts',
      'client/src/build-context/create-ignore-file.ts',
      'client/src/build-context/measure.ts',
    ],
    host: true,
    size: 60,
  },
  {
    out: 'context-page.js',
    from: 'client/webview/build-context/build-context.ts',
    browser: true,
    size: 30,
  },
  { out: 'language-client.js', from: 'client/src/server.ts', host: true, size: 480 },
  { out: 'yaml.js', from: 'server/src/project/yaml.ts', size: 130 },
  // Names and tags for completion; most files do not need them.
  {
    out: 'official-images.js',
    from: 'server/src/images/official-tags.ts',
    size: 90,
    shared: true,
  },
  // Which words follow in Dockerfiles; loaded with the first completion.
  { out: 'next-words.js', from: 'server/src/reference/next-words.ts', size: 60 },
  // Loaded when an ignore file is open.
  {
    out: 'ignore-files.js',
    from: 'server/src/features/ignore/service.ts',
    size: 40,
    without: [],
  },
  // The rules with their documentation, for `drydock explain` and SARIF.
  { out: 'pages.js', from: 'server/src/cli/pages.ts', size: 700 },
  // Starts the next one with a V8 code cache.
  { out: 'server.js', from: 'server/src/start/server.ts', size: 5, without: [] },
  {
    out: 'language-server.js',
    from: 'server/src/lsp/main.ts',
    // With ways of their own for what most files have, which need less code and data in the caches of the processor.
    // 3 kB read plain scripts without their trees and find commands by name: a search for each of 20,000 steps took a minute.
    // 2 kB handle notifications about documents without the queue of the protocol library.
    // 4 kB keep compiled code, find more lines that formatting leaves as they are, and search once what rules compared one by one.
    size: 1194,
    without: ['examples', 'links', 'since'],
    ascii: true,
    // For pipes, sockets and processes that are not used.
    late: ['child_process', 'crypto', 'net'],
  },
  // For editors in a browser: in a web worker, without the parts that read local files.
  {
    out: 'server.browser.js',
    from: 'server/src/lsp/browser.ts',
    host: 'browser',
    browser: true,
    without: ['examples', 'links', 'since'],
    // Also what other editors load when an ignore file is open.
    size: 1330,
    leaveOut: ['yaml'],
  },
  // The extension for the browser, with the client of that server.
  {
    out: 'extension.browser.js',
    from: 'client/src/browser.ts',
    host: 'browser',
    browser: true,
    format: 'cjs',
    size: 450,
  },
  // Started like the server.
  {
    out: 'cli.js',
    from: 'server/src/start/cli.ts',
    size: 5,
    without: [],
    banner: '#!/usr/bin/env node',
  },
  // `drydock build`, with the engine's bundles of the extension.
  { out: 'build-command.js', from: 'client/src/cli/bin.ts', host: true, size: 400, ascii: true },
  // Rules, fixes and formatting, also of very long files.
  {
    out: 'command-line.js',
    from: 'server/src/cli/bin.ts',
    // With the same.
    size: 569,
    without: ['examples', 'summary', 'why', 'links', 'since'],
    ascii: true,
  },
];

/** The protocol library has separate entry points for Node.js and browsers. */
const protocolInBrowser = { 'vscode-languageserver/node': 'vscode-languageserver/browser' };

/** With --watch: the bundles that are being built, and those that have been built once. */
const rebuilding = new Set();
const built = new Set();

const { values: options } = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
  },
});

const absent = bundles.flatMap(({ from, out }) =>
  [from]
    .flat()
    .filter((module) => module.endsWith('.ts') && !existsSync(path.join(root, module)))
    .map((module) => `dist/${out} cannot be built: ${module} does not exist.`),
);
if (absent.length > 0) {
  for (const problem of absent) console.error(problem);
  process.exit(1);
}

await rm(path.join(root, 'dist'), { recursive: true, force: true });
if (options.watch) {
  const contexts = await Promise.all(bundles.map((bundle) => esbuild.context(settings(bundle))));
  await Promise.all(contexts.map((context) => context.watch()));
  await describe();
} else {
  await build();
}

async function build() {
  const results = await Promise.allSettled(
    bundles.map((bundle) => esbuild.build(settings(bundle))),
  );
  // esbuild has already printed the errors.
  if (results.some((result) => result.status === 'rejected')) process.exit(1);
  await describe();
  const metafiles = results.map((result) => result.value.metafile);
  const problems = [
    ...(await oversized()),
    ...bundles.flatMap((bundle, index) => unwanted(bundle, metafiles[index])),
    ...(await notAscii()),
    ...(await doubledState(metafiles)),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

/**
 * Node.js reads the nearest package.json to determine the module format, and reading our long one took a tenth of the
 * start-up time of the command line. This short one also contains the version for the programs next to it.
 */
async function describe() {
  const { name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const text = JSON.stringify({ name, version, private: true, type: 'commonjs' });
  await mkdir(path.join(root, 'dist'), { recursive: true });
  await writeFile(path.join(root, 'dist/package.json'), `${text}\n`);
}

/** The esbuild options of one bundle. */
function settings(bundle) {
  const { out, from, host, browser, format, banner, without, ascii } = bundle;
  const { leaveOut = [], late = [] } = bundle;
  return {
    absWorkingDir: root,
    ...(Array.isArray(from) ? { stdin: exportsOf(from) } : { entryPoints: [from] }),
    outfile: path.join('dist', out),
    bundle: true,
    platform: browser ? 'browser' : 'node',
    format: format ?? (browser ? 'iife' : 'cjs'),
    target: browser ? 'es2022' : 'node20',
    // Optional native parts of ssh2; it works without them.
    external: ['vscode', 'cpu-features'],
    loader: { '.node': 'empty', '.ttf': 'file' },
    // The icon font, which the style sheets of all pages share.
    assetNames: '[name]',
    // Turns `import()` into `require` in a promise: `import()` of a CommonJS file has to guess its exports.
    supported: { 'dynamic-import': false },
    // The UMD builds in `main` hide their imports from the bundler.
    mainFields: host === 'browser' ? ['browser', 'module', 'main'] : ['module', 'main'],
    // They receive their translations from the client; the other build reads files and loads more modules for it.
    alias: {
      ...(without && {
        '@vscode/l10n': path.join(root, 'node_modules/@vscode/l10n/dist/browser.js'),
      }),
      ...(host === 'browser' && protocolInBrowser),
    },
    minify: options.production,
    // Names of classes and functions appear in error messages and logs, but keeping them slows down the start.
    keepNames: options.production && !without,
    sourcemap: !options.production,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    ...(banner === undefined ? {} : { banner: { js: banner } }),
    plugins: [
      otherBundles(from, host),
      leftOut(leaveOut),
      loadedLate(late),
      ...(host ? [plainApi()] : []),
      ...(ascii ? [hashed(out)] : []),
      ...(without ? [plainRules(without)] : []),
      ...(options.watch ? [announced(out)] : []),
    ],
  };
}

/** A module that re-exports these modules. */
function exportsOf(modules) {
  const contents = modules.map((module) => `export * from './${module}';\n`).join('');
  return { contents, resolveDir: root, loader: 'ts' };
}

/** Replaces imports of a module or package with its own bundle by `require('./engine.js')`. */
function otherBundles(self, side) {
  const others = bundles.filter(
    ({ from, host, shared }) => (host === side || (shared && side === true)) && from !== self,
  );
  const outOf = new Map(
    others.flatMap(({ from, out, cached }) =>
      [from].flat().map((module) => [located(module), { out, cached }]),
    ),
  );
  return {
    name: 'other-bundles',
    setup(build) {
      build.onResolve({ filter: /./ }, ({ path: name, resolveDir, kind }) => {
        const other = outOf.get(name.startsWith('.') ? path.join(resolveDir, name) : name);
        if (kind === 'entry-point' || other === undefined) return undefined;
        if (other.cached === true) return { path: other.out, namespace: 'cached' };
        return { path: `./${other.out}`, external: true };
      });
      build.onResolve(
        { filter: /^\.\/code-cache\.js$/, namespace: 'cached' },
        ({ path: name }) => ({
          path: name,
          external: true,
        }),
      );
      build.onLoad({ filter: /./, namespace: 'cached' }, ({ path: name }) => ({
        contents: `module.exports = require('./code-cache.js').runWithCodeCache('${name}', 'after startup');`,
      }));
    },
  };
}

/** The path of a module or the name of a package. */
function located(from) {
  return from.endsWith('.ts') ? path.join(root, from) : from;
}

/** Replaces packages by a module that throws when one of its exports is used. */
function leftOut(names) {
  return {
    name: 'left-out',
    setup(build) {
      build.onResolve({ filter: /^[^.]/ }, ({ path: name }) =>
        names.includes(name) ? { path: name, namespace: 'left-out' } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path: name }) => ({
        contents: `module.exports = new Proxy({}, { get: () => class {
          constructor() { throw new Error('${name} is left out of this bundle.'); }
        } });`,
      }));
    },
  };
}

/** Writes the hash of a bundle at its end: the code cache belongs to this content, wherever it is installed. */
function hashed(out) {
  return {
    name: 'hashed',
    setup(build) {
      build.onEnd(async ({ errors }) => {
        if (errors.length > 0) return;
        const file = path.join(root, 'dist', out);
        const hash = createHash('sha256')
          .update(await readFile(file))
          .digest('base64url');
        await appendFile(file, `//# ${hash}\n`);
      });
    },
  };
}

/**
 * Requires the API of VS Code as it is. For `import * as vscode`, esbuild would copy its five hundred properties once for each
 * module, which is half of the time of the activation.
 */
function plainApi() {
  const imported = "import * as vscode from 'vscode';";
  return {
    name: 'plain-api',
    setup(build) {
      build.onLoad({ filter: /[\\/]client[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => {
        const text = await readFile(file, 'utf8');
        if (!text.includes(imported)) return undefined;
        return {
          contents: text.replace(imported, "const vscode = require('vscode');"),
          loader: 'ts',
        };
      });
    },
  };
}

/** Loads modules of Node.js when one of their exports is used, not when they are required. */
function loadedLate(names) {
  return {
    name: 'loaded-late',
    setup(build) {
      build.onResolve({ filter: /./ }, ({ path: name, kind }) =>
        names.includes(name) && kind === 'require-call'
          ? { path: name, namespace: 'loaded-late' }
          : undefined,
      );
      build.onLoad({ filter: /./, namespace: 'loaded-late' }, ({ path: name }) => ({
        contents: `module.exports = new Proxy({}, { get: (_, key) => require('node:${name}')[key] });`,
      }));
    },
  };
}

/** Removes documentation from rules, which is not needed to run them. */
function plainRules(without) {
  return {
    name: 'plain-rules',
    setup(build) {
      build.onLoad(
        { filter: /[\\/]rules[\\/][^\\/]+[\\/][^\\/]+\.ts$/ },
        async ({ path: file }) => {
          let text = await readFile(file, 'utf8');
          const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
          for (const { pos, end } of propertiesOf(ruleIn(tree), without).reverse())
            text = text.slice(0, pos) + text.slice(end).replace(/^\s*,/, '');
          return { contents: text, loader: 'ts' };
        },
      );
    },
  };
}

/** The argument of `rule({…})`. */
function ruleIn(node) {
  const isRule = ts.isCallExpression(node) && node.expression.escapedText === 'rule';
  return isRule ? node.arguments[0] : ts.forEachChild(node, ruleIn);
}

function propertiesOf(object, names) {
  const properties = object?.properties ?? [];
  return properties.filter(({ name }) => name !== undefined && names.includes(name.text));
}

/**
 * Prints when a rebuild starts and when all bundles are built, in the format that the problem matcher in .vscode/tasks.json
 * expects.
 */
function announced(out) {
  return {
    name: 'announced',
    setup(build) {
      build.onStart(() => {
        if (rebuilding.size === 0) console.log('[watch] build started');
        rebuilding.add(out);
      });
      build.onEnd(() => {
        rebuilding.delete(out);
        built.add(out);
        if (rebuilding.size === 0 && built.size === bundles.length) {
          console.log('[watch] build finished');
        }
      });
    },
  };
}

/** Prints every size; returns one message per minified bundle over its budget. */
async function oversized() {
  const problems = [];
  for (const { out, size } of bundles) {
    const kilobytes = (await stat(path.join(root, 'dist', out))).size / 1000;
    console.log(`dist/${out.padEnd(20)} ${kilobytes.toFixed(0).padStart(5)} kB of ${size} kB`);
    if (options.production && kilobytes > size) {
      problems.push(
        `dist/${out} has ${kilobytes.toFixed(0)} kB, more than its budget of ${size} kB.`,
      );
    }
  }
  return problems;
}

/** One message per `ascii` bundle that is not ASCII: esbuild escapes strings, but not regular expressions. */
async function notAscii() {
  // Comments are removed by minification.
  if (!options.production) return [];
  const problems = [];
  for (const { out } of bundles.filter(({ ascii }) => ascii)) {
    const text = await readFile(path.join(root, 'dist', out), 'utf8');
    const found = /.{0,30}[^\0-\x7F].{0,30}/.exec(text)?.[0];
    if (found !== undefined) problems.push(`dist/${out} is not ASCII; escape: ${found}`);
  }
  return problems;
}

/** One message per package in a bundle that must not contain it. */
function unwanted({ out, never = [] }, metafile) {
  const inputs = Object.keys(metafile.inputs);
  return never
    .map((name) => inputs.find((input) => input.startsWith(`node_modules/${name}/`)))
    .filter((input) => input !== undefined)
    .map((input) => `dist/${out} must not contain ${input}: import it from a late bundle.`);
}

/** One message per module with a class or a variable that two bundles of the extension host contain. */
async function doubledState(metafiles) {
  const holders = new Map();
  bundles.forEach(({ out, host }, index) => {
    for (const input of host === true ? Object.keys(metafiles[index].inputs) : []) {
      if (!input.startsWith('node_modules/') && /\.ts$/.test(input)) {
        holders.set(input, [...(holders.get(input) ?? []), out]);
      }
    }
  });
  const problems = [];
  for (const [input, outs] of holders) {
    if (outs.length < 2) continue;
    const text = await readFile(path.join(root, input), 'utf8');
    if (/^export (default )?(abstract )?class /m.test(text)) {
      problems.push(
        `${input} has a class and is in ${outs.join(' and ')}: give it its own bundle.`,
      );
    }
  }
  return problems;
}
