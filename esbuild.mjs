/**
 * Bundles the extension into dist/, one file a purpose, so that activation reads only what it needs.
 *
 *     node esbuild.mjs [--production] [--watch]
 *
 * esbuild cannot split CommonJS. Each module that is loaded late is therefore an entry point of its
 * own, and every import of it, `await import()` or plain, becomes a `require` of its file in dist/.
 *
 * A class must exist once for `instanceof` to hold over two files, and so must what a module keeps. A
 * module with such a class or variable has its own row here too, and all others require that one
 * file. The build fails when such a module of ours would land in two bundles of the extension host.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import ts from 'typescript';

const root = import.meta.dirname;

/** Packages behind parts of dockerode that we never call: its sessions, its own ssh connection, its build context. */
const unusedByDockerode = ['ssh2', 'tar-fs', '@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs'];

/**
 * `from` is a module, or several that share what they import: the file has the exports of all.
 * `size` is the budget of the minified file in kB. `host` marks what runs in the extension host, and what in a browser.
 * `shared` holds nothing but data, and is what the extension host loads, too.
 * `format` is said where it does not follow from that: an extension of a browser is CommonJS.
 * `without` names what is left out of rules: their examples take time to unfold at every start, and all of it to read.
 * `ascii` is for what is read without decoding: V8 holds such a text in half the memory, too.
 * `late` names parts of Node.js that CommonJS packages ask for at once and use hardly ever.
 * `never` names packages that must not get into the file, `leaveOut` those replaced by an error.
 */
const bundles = [
  {
    out: 'extension.js',
    from: 'client/src/extension.ts',
    host: true,
    size: 250,
    never: ['dockerode', 'vscode-languageclient', '@grpc/grpc-js', 'protobufjs'],
  },
  { out: 'errors.js', from: 'client/src/engine/errors.ts', host: true, size: 10 },
  // Keeps the translations it is given once, for all that runs in the extension host.
  { out: 'l10n.js', from: '@vscode/l10n', host: true, size: 30 },
  {
    out: 'engine.js',
    from: 'client/src/engine/docker-api/connect.ts',
    host: true,
    size: 200,
    leaveOut: unusedByDockerode,
  },
  // What is known of images without asking anybody: loaded with the first list of images, or the first name typed.
  { out: 'carried.js', from: 'client/src/explorer/carried.ts', host: true, size: 60 },
  // Builds through BuildKit speak gRPC; nothing else does.
  { out: 'buildkit.js', from: 'client/src/engine/buildkit/buildkit.ts', host: true, size: 480 },
  // Forms, and what they are filled with; with yaml, for compose files.
  {
    out: 'run.js',
    from: [
      'client/src/run/session.ts',
      'client/src/update/session.ts',
      'client/src/commit/session.ts',
    ],
    host: true,
    size: 225,
  },
  // In the page of a form; its style becomes form.css.
  { out: 'form.js', from: 'client/webview/form/form.ts', browser: true, size: 20 },
  // In the page of what containers take; with stats.css.
  { out: 'stats.js', from: 'client/webview/stats/stats.ts', browser: true, size: 15 },
  // In the page of the stage graph; with graph.css.
  { out: 'graph.js', from: 'client/webview/stage-graph/graph.ts', browser: true, size: 15 },
  { out: 'language-client.js', from: 'client/src/server.ts', host: true, size: 480 },
  { out: 'yaml.js', from: 'server/src/lint/yaml.ts', size: 130 },
  // Names and tags to complete with; most files are read without them.
  {
    out: 'official-images.js',
    from: 'server/src/images/official-tags.ts',
    size: 90,
    shared: true,
  },
  // The rules with all that they say of themselves, for `drydock explain` and the like.
  { out: 'pages.js', from: 'server/src/cli/pages.ts', size: 700 },
  // Starts the one below from what V8 has compiled of it before.
  { out: 'server.js', from: 'server/src/start/server.ts', size: 5, without: [] },
  {
    out: 'language-server.js',
    from: 'server/src/lsp/main.ts',
    size: 1000,
    without: ['examples'],
    ascii: true,
    // For pipes, sockets and processes that nobody asks for.
    late: ['child_process', 'crypto', 'net'],
  },
  // For editors in a browser: in a worker, alone, without what reads the files that it could not reach.
  {
    out: 'server.browser.js',
    from: 'server/src/lsp/browser.ts',
    host: 'browser',
    browser: true,
    without: ['examples'],
    size: 1000,
    leaveOut: ['yaml'],
  },
  // The extension in a browser, with the client of that server.
  {
    out: 'extension.browser.js',
    from: 'client/src/browser.ts',
    host: 'browser',
    browser: true,
    format: 'cjs',
    size: 450,
  },
  // Like the server.
  {
    out: 'cli.js',
    from: 'server/src/start/cli.ts',
    size: 5,
    without: [],
    banner: '#!/usr/bin/env node',
  },
  {
    out: 'command-line.js',
    from: 'server/src/cli/bin.ts',
    size: 500,
    without: ['examples', 'summary', 'why', 'links', 'since'],
    ascii: true,
  },
];

/** The protocol's library has an entry for each side. */
const protocolInBrowser = { 'vscode-languageserver/node': 'vscode-languageserver/browser' };

/** Under --watch: the bundles that are being built, and those that have been built once. */
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
  for (const complaint of absent) console.error(complaint);
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
  // esbuild has printed its own message for each that failed.
  if (results.some((result) => result.status === 'rejected')) process.exit(1);
  await describe();
  const metafiles = results.map((result) => result.value.metafile);
  const complaints = [
    ...(await oversized()),
    ...bundles.flatMap((bundle, index) => unwanted(bundle, metafiles[index])),
    ...(await notAscii()),
    ...(await doubledState(metafiles)),
  ];
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length > 0) process.exitCode = 1;
}

/**
 * Node.js reads the nearest package.json to learn what kind of files it is given, and ours is so long that this was
 * a tenth of the command line's start. It also says which version the programs beside it are of.
 */
async function describe() {
  const { name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const text = JSON.stringify({ name, version, private: true, type: 'commonjs' });
  await mkdir(path.join(root, 'dist'), { recursive: true });
  await writeFile(path.join(root, 'dist/package.json'), `${text}\n`);
}

/** How esbuild makes one bundle. */
function settings({ out, from, host, browser, format, banner, without, leaveOut = [], late = [] }) {
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
    loader: { '.node': 'empty' },
    // As `require` behind a promise: Node's own `import()` of a CommonJS file guesses at its names.
    supported: { 'dynamic-import': false },
    // The UMD builds that `main` names hide their imports from a bundler.
    mainFields: host === 'browser' ? ['browser', 'module', 'main'] : ['module', 'main'],
    // They are handed their translations; the other build reads files, and loads what that takes.
    alias: {
      ...(without && {
        '@vscode/l10n': path.join(root, 'node_modules/@vscode/l10n/dist/browser.js'),
      }),
      ...(host === 'browser' && protocolInBrowser),
    },
    minify: options.production,
    // Names of classes and functions appear in error messages and logs. Where a start counts, each costs a call.
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
      ...(without ? [plainRules(without)] : []),
      ...(options.watch ? [announced(out)] : []),
    ],
  };
}

/** A module that exports what all of these export. */
function exportsOf(modules) {
  const contents = modules.map((module) => `export * from './${module}';\n`).join('');
  return { contents, resolveDir: root, loader: 'ts' };
}

/** Leaves a module or package that has a bundle of its own outside: `require('./engine.js')`. */
function otherBundles(self, side) {
  const others = bundles.filter(
    ({ from, host, shared }) => (host === side || (shared && side === true)) && from !== self,
  );
  const outOf = new Map(
    others.flatMap(({ from, out }) => [from].flat().map((module) => [located(module), out])),
  );
  return {
    name: 'other-bundles',
    setup(build) {
      build.onResolve({ filter: /./ }, ({ path: name, resolveDir, kind }) => {
        const out = outOf.get(name.startsWith('.') ? path.join(resolveDir, name) : name);
        if (kind === 'entry-point' || out === undefined) return undefined;
        return { path: `./${out}`, external: true };
      });
    },
  };
}

/** A module by its full path, a package by its name. */
function located(from) {
  return from.endsWith('.ts') ? path.join(root, from) : from;
}

/** Replaces packages by a module that says so as soon as one of its names is used. */
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

/** Loads parts of Node.js when one of their names is used, not when they are required. */
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

/** Rules as they are run: nobody asks then what they say of themselves. */
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

/** What `rule({…})` is called with. */
function ruleIn(node) {
  const isRule = ts.isCallExpression(node) && node.expression.escapedText === 'rule';
  return isRule ? node.arguments[0] : ts.forEachChild(node, ruleIn);
}

function propertiesOf(object, names) {
  const properties = object?.properties ?? [];
  return properties.filter(({ name }) => name !== undefined && names.includes(name.text));
}

/**
 * Says when a round of rebuilding starts and when all bundles are there, in the words that the
 * problem matcher in .vscode/tasks.json waits for.
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

/** Prints every size; a sentence for each bundle over its budget, which binds the minified ones. */
async function oversized() {
  const complaints = [];
  for (const { out, size } of bundles) {
    const kilobytes = (await stat(path.join(root, 'dist', out))).size / 1000;
    console.log(`dist/${out.padEnd(20)} ${kilobytes.toFixed(0).padStart(5)} kB of ${size} kB`);
    if (options.production && kilobytes > size) {
      complaints.push(`dist/${out} has ${kilobytes.toFixed(0)} kB, more than its ${size} kB.`);
    }
  }
  return complaints;
}

/** A sentence for each bundle that is to be ASCII and is not: esbuild escapes texts, but no regular expressions. */
async function notAscii() {
  // Comments do not count.
  if (!options.production) return [];
  const complaints = [];
  for (const { out } of bundles.filter(({ ascii }) => ascii)) {
    const text = await readFile(path.join(root, 'dist', out), 'utf8');
    const found = /.{0,30}[^\0-\x7F].{0,30}/.exec(text)?.[0];
    if (found !== undefined) complaints.push(`dist/${out} is not ASCII; escape: ${found}`);
  }
  return complaints;
}

/** A sentence for each package in a bundle that must stay free of it. */
function unwanted({ out, never = [] }, metafile) {
  const inputs = Object.keys(metafile.inputs);
  return never
    .map((name) => inputs.find((input) => input.startsWith(`node_modules/${name}/`)))
    .filter((input) => input !== undefined)
    .map((input) => `dist/${out} must not contain ${input}: import it from a late bundle.`);
}

/** A sentence for each of our modules with a class or a variable that two bundles of the extension host contain. */
async function doubledState(metafiles) {
  const holders = new Map();
  bundles.forEach(({ out, host }, index) => {
    for (const input of host === true ? Object.keys(metafiles[index].inputs) : []) {
      if (!input.startsWith('node_modules/') && /\.ts$/.test(input)) {
        holders.set(input, [...(holders.get(input) ?? []), out]);
      }
    }
  });
  const complaints = [];
  for (const [input, outs] of holders) {
    if (outs.length < 2) continue;
    const text = await readFile(path.join(root, input), 'utf8');
    if (/^export (default )?(abstract )?class /m.test(text)) {
      complaints.push(
        `${input} has a class and is in ${outs.join(' and ')}: give it its own bundle.`,
      );
    }
  }
  return complaints;
}
