/**
 * `npm run bench`: sizes, activation time and speed, compared with another program measured in the same run where possible.
 * Machines differ and may be busy, so the ratios matter.
 */
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  existsSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { startUp, wholeRuns } from './bench/programs.mjs';

const root = resolve(import.meta.dirname, '..');
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'drydock-bench');

/** The program to compare with. It is not a dependency: it is installed in the benchmark cache, at a fixed version. */
function peer(name, version) {
  const folder = join(cache, `${name}-${version}`);
  const entry = join(folder, 'node_modules', name);
  if (!existsSync(entry)) {
    mkdirSync(folder, { recursive: true });
    console.log(`installing ${name}@${version} for comparison`);
    execFileSync(
      'npm',
      ['install', '--prefix', folder, '--ignore-scripts', '--no-save', `${name}@${version}`],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
  }
  return entry;
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(0)} kB`;
}

function run(script, ...args) {
  execFileSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit' });
}

/** The corpus of real Dockerfiles next to the project, if there is one; otherwise those that the project carries. */
function dockerfiles() {
  const corpus = resolve(root, '../shared/corpus');
  const folders = existsSync(corpus) ? [corpus] : ['samples', 'test/fixtures/dockerfiles'];
  return dockerfilesIn(folders);
}

function dockerfilesIn(folders) {
  return folders.flatMap((folder) =>
    readdirSync(resolve(root, folder), { recursive: true })
      .filter((name) => /dockerfile|containerfile/i.test(name))
      .map((name) => resolve(root, folder, name)),
  );
}

/** The default export of a script of `bench/`. */
async function bundled(name) {
  return (await import(pathToFileURL(await bundle(name)).href)).default;
}

/** The path of a script of `bench/`, bundled like the server. */
async function bundle(name) {
  const out = join(cache, `${name}.cjs`);
  await build({
    entryPoints: [join(root, `scripts/bench/${name}.ts`)],
    outfile: out,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  });
  return out;
}

async function parseSpeed() {
  const { compare, growth } = await bundled('parse');
  const { DockerfileParser } = (
    await import(pathToFileURL(join(peer('dockerfile-ast', '0.7.1'), 'lib/main.js')).href)
  ).default;
  const files = dockerfiles().map((path) => readFileSync(path, 'utf8'));
  const { parsing, scripts, peer: theirs } = compare(files, (text) => DockerfileParser.parse(text));
  console.log(
    `tree and model of ${files.length} files: ${parsing.toFixed(1)} ms, with all scripts ${scripts.toFixed(1)} ms; ` +
      `dockerfile-ast, arguments and variables: ${theirs.toFixed(1)} ms: ` +
      `ours is ${(theirs / parsing).toFixed(1)} and ${(theirs / scripts).toFixed(1)} times as fast`,
  );
  for (const { shape, parts, once, twice } of growth()) {
    console.log(
      `  ${parts} ${shape}: ${twice.toFixed(1)} ms, ${(twice / once).toFixed(2)} times the time for half as many`,
    );
  }
}

async function lintSpeed() {
  const { compare } = await bundled('lint');
  const { validate } = (
    await import(pathToFileURL(join(peer('dockerfile-utils', '0.16.3'), 'lib/main.js')).href)
  ).default;
  const files = dockerfiles().map((path) => readFileSync(path, 'utf8'));
  const worker = await bundle('lint-worker');
  const measured = [];
  for (const everyRule of [false, true]) {
    const { cold, ours, spread, theirs, threads } = await compare(
      files,
      validate,
      worker,
      everyRule,
    );
    const speed = (time) =>
      `${time.toFixed(1)} ms, ${((1000 * files.length) / time).toFixed(0)} files a second, ` +
      `${(theirs / time).toFixed(1)} times as fast`;
    console.log(
      `lint of ${files.length} files, ${everyRule ? 'every rule' : 'default rules'}; dockerfile-utils validate: ${theirs.toFixed(1)} ms\n` +
        `  in one thread: ${speed(ours)}, first run ${cold.toFixed(0)} ms\n  in ${threads} threads: ${speed(spread)}`,
    );
    measured.push({ warm: ours / files.length, spread: spread / files.length });
  }
  return measured[0];
}

/** Whole processes, as run from a terminal or a Git hook. */
function programSpeed({ warm, spread }) {
  const cli = join(root, 'dist/cli.js');
  const { bare, ours } = startUp(cli);
  console.log(
    `one small file as a whole process: ${ours.toFixed(0)} ms, ${(ours / bare).toFixed(2)} times an empty Node.js process`,
  );
  const tally = tallyProgram();
  if (tally === undefined) {
    console.log('tally is not available for this platform');
    return;
  }
  const run = wholeRuns(cli, tally, dockerfiles());
  const each = run.theirs / run.files;
  console.log(
    `${run.files} files as a whole process: ours ${run.ours.toFixed(0)} ms, tally ${run.theirs.toFixed(0)} ms: ` +
      `ours is ${(run.theirs / run.ours).toFixed(1)} times as fast; warm, in one thread ${(each / warm).toFixed(1)} times, ` +
      `in all threads ${(each / spread).toFixed(1)} times`,
  );
}

function tallyProgram() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  return join(peer('@wharflab/tally-linux-x64', '0.45.0'), 'bin/tally');
}

/** As in client/src/server.ts. */
const v8Flags = ['--max-semi-space-size=4', '--always-sparkplug', '--no-regexp-tier-up'];

/** Our server as editors start it, with its code cache in `codeCache`, which is empty at first. */
function ourServer(codeCache) {
  return {
    args: [process.execPath, ...v8Flags, join(root, 'dist/server.js'), '--stdio'],
    env: { XDG_CACHE_HOME: codeCache, LOCALAPPDATA: codeCache },
  };
}

async function serverSpeed() {
  const { compare, firstStart, useOnce } = await bundled('lsp');
  const theirs = peer('dockerfile-language-server-nodejs', '0.15.0');
  const codeCache = mkdtempSync(join(tmpdir(), 'drydock-bench-'));
  const cold = await firstStart(ourServer(codeCache));
  // At every start but the first, editors have the code cache of an earlier one, which opened other files.
  await useOnce(ourServer(codeCache), textsOf(dockerfilesIn(['samples'])), () =>
    hasCodeCache(codeCache),
  );
  const measured = await compare(
    {
      'Node.js alone': { args: [process.execPath, join(root, 'scripts/bench/bare-server.cjs')] },
      'docker-langserver': {
        args: [process.execPath, join(theirs, 'bin/docker-langserver'), '--stdio'],
      },
      drydock: ourServer(codeCache),
    },
    textsOf(dockerfiles()),
  );
  rmSync(codeCache, { recursive: true });
  table(measured, 'docker-langserver');
  console.log(`drydock's first start, without a code cache: initialize ${cold.toFixed(0)} ms`);
}

/** The code that opening a file executes, of the production build. */
async function executedCode() {
  const { footprint } = await import(pathToFileURL(await bundle('footprint')).href);
  const codeCache = mkdtempSync(join(tmpdir(), 'drydock-bench-'));
  const recorder = join(root, 'scripts/bench/executed-code.cjs');
  const found = await footprint(ourServer(codeCache), recorder, textsOf(dockerfiles()));
  rmSync(codeCache, { recursive: true });
  console.log(
    `opening a file of median size (mean of ${found.files}): ${found.functions.toFixed(0)} functions, ` +
      `${found.characters.toFixed(0)} characters of code`,
  );
}

function textsOf(paths) {
  return paths.map((path) => readFileSync(path, 'utf8'));
}

/** A file with another name is not complete. */
function hasCodeCache(folder) {
  const names = existsSync(join(folder, 'drydock')) ? readdirSync(join(folder, 'drydock')) : [];
  return names.some((name) => name.startsWith('language-server.js'));
}

/**
 * Whether completion offers the next word of the author, in files of repositories that the table of frequencies was not
 * learned from. `share` is the part of the words that is measured.
 */
async function completionHits(share) {
  const {
    compare,
    ours,
    report,
    service: asProgram,
    unseen,
  } = await import(pathToFileURL(await bundle('completion')).href);
  const { DockerfileLanguageServiceFactory } = createRequire(
    join(peer('dockerfile-language-server-nodejs', '0.15.0'), 'package.json'),
  )('dockerfile-language-service');
  const service = DockerfileLanguageServiceFactory.createLanguageService();
  service.setCapabilities({ completion: { completionItem: { snippetSupport: true } } });
  const files = dockerfiles().map((path) => ({
    name: basename(path),
    text: readFileSync(path, 'utf8'),
  }));
  const measured = await compare(
    unseen(files),
    { drydock: ours, 'dockerfile-language-service': asProgram(service) },
    share,
  );
  report(measured, (line) => console.log(line));
}

/** `npm run bench -- language [PLACES]`: the answers of both servers at random places, by the kind of difference. */
async function answers() {
  const { compareAnswers } = await bundled('language');
  const theirs = peer('dockerfile-language-server-nodejs', '0.15.0');
  const codeCache = mkdtempSync(join(tmpdir(), 'drydock-bench-'));
  const programs = {
    ours: ourServer(codeCache),
    theirs: { args: [process.execPath, join(theirs, 'bin/docker-langserver'), '--stdio'] },
  };
  const files = dockerfiles().map((path) => readFileSync(path, 'utf8'));
  const found = await compareAnswers(programs, files, Number(process.argv[3] ?? 2000));
  rmSync(codeCache, { recursive: true });
  for (const [kind, { count, examples }] of [...found].sort()) {
    console.log(`${kind}: ${count}`);
    if (!kind.endsWith('same')) for (const example of examples) console.log(`    ${example}`);
  }
}

/**
 * `npm run bench -- formatting`: our formatter beside dockerfmt, alone and as a plugin of Prettier, which formats what
 * dockerfmt refuses as a script.
 */
async function formatters() {
  const { ours, outcome } = await import(pathToFileURL(await bundle('formatting')).href);
  const load = async (name, version, path) =>
    import(pathToFileURL(join(peer(name, version), path)).href);
  const dockerfmt = await load('@reteps/dockerfmt', '0.5.4', 'dist/node.js');
  const prettier = await import('prettier');
  const plugin = await load('prettier-plugin-sh', '0.20.0', 'lib/index.js');
  const options = { indent: 4, trailingNewline: true, spaceRedirects: false };
  const files = dockerfiles().map((path) => ({
    name: basename(path),
    text: readFileSync(path, 'utf8'),
  }));
  const programs = {
    drydock: ours,
    dockerfmt: (text) => dockerfmt.formatDockerfileContents(text, options),
    'prettier-plugin-sh': (text) =>
      prettier.format(text, { parser: 'dockerfile', plugins: [plugin], tabWidth: 4 }),
  };
  for (const [name, program] of Object.entries(programs)) {
    const { lines, ...lists } = await withoutMessages(() => outcome(files, program));
    console.log(`${name}: ${files.length} files, ${lines} lines changed`);
    for (const [kind, list] of Object.entries(lists)) {
      console.log(`  ${kind}: ${list.length}`);
      if (kind !== 'untouched') for (const one of list) console.log(`    ${one}`);
    }
  }
}

/** dockerfmt prints its stack when it fails. */
async function withoutMessages(work) {
  const { log, warn } = console;
  Object.assign(console, { log() {}, warn() {} });
  try {
    return await work();
  } finally {
    Object.assign(console, { log, warn });
  }
}

/** One line per figure, in milliseconds (the last in megabytes), with the percentage of the peer's. */
function table(measured, peerName) {
  const names = Object.keys(measured);
  const figures = names.map((name) => figuresOf(measured[name]));
  const theirs = figures[names.indexOf(peerName)];
  console.log(['language servers'.padEnd(22), ...names.map((name) => name.padStart(24))].join(''));
  for (const [figure, value] of Object.entries(theirs)) {
    const cells = figures.map((one) => {
      const share = ((100 * one[figure]) / value).toFixed(0);
      return `${one[figure].toFixed(2)} (${share} %)`.padStart(24);
    });
    console.log([figure.padEnd(22), ...cells].join(''));
  }
}

function figuresOf({ initialize, times, memory }) {
  const steps = Object.entries(times).flatMap(([step, [p50, p99]]) => [
    [`${step} p50`, p50],
    [`${step} p99`, p99],
  ]);
  return Object.fromEntries([
    ['initialize', initialize],
    ...steps,
    ...(memory === undefined ? [] : [['memory, MB', memory]]),
  ]);
}

function sizes() {
  run('scripts/package.mjs');
  const vsix = readdirSync(root).find((name) => name.endsWith('.vsix'));
  console.log(`\nVSIX: ${kilobytes(statSync(join(root, vsix)).size)}`);
  for (const name of readdirSync(join(root, 'dist')).filter((file) => file.endsWith('.js'))) {
    console.log(`  dist/${name}: ${kilobytes(statSync(join(root, 'dist', name)).size)}`);
  }
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  console.log(`production dependencies: ${Object.keys(dependencies).length}`);
}

function activation() {
  const result = join(cache, 'activation.json');
  execFileSync(process.execPath, ['--import', 'tsx', 'test/vscode/run-tests.mts'], {
    cwd: root,
    env: { ...process.env, DRYDOCK_COUNTS: result },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { measures } = JSON.parse(readFileSync(result, 'utf8'));
  for (const [name, value] of Object.entries(measures)) {
    console.log(`${name}: ${value.toFixed(1)}`);
  }
}

/** Run only by name: these require an engine, some of them a browser, and take minutes. */
const windowBenchmarks = ['sidebar', 'day', 'build', 'copy', 'logs', 'logs-window'];

function inWindow(name, ...args) {
  execFileSync(process.execPath, ['--import', 'tsx', `scripts/bench/${name}.mts`, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
}

mkdirSync(cache, { recursive: true });
if (windowBenchmarks.includes(process.argv[2])) {
  inWindow(...process.argv.slice(2));
  process.exit();
}
if (process.argv[2] === 'growth') {
  // With the flags of V8 that the server has in editors.
  const program = 'require(process.argv[1]).growth(process.argv[2], console.log)';
  const args = [...v8Flags, '-e', program, await bundle('growth'), process.argv[3] ?? ''];
  execFileSync(process.execPath, args, { stdio: 'inherit' });
  process.exit();
}
if (process.argv[2] === 'memory') {
  run('esbuild.mjs', '--production');
  const { memory } = await import(pathToFileURL(await bundle('memory')).href);
  await memory(join(root, 'dist/server.js'), v8Flags, Number(process.argv[3] ?? 100_000), (line) =>
    console.log(line),
  );
  process.exit();
}
if (process.argv[2] === 'lint') {
  run('esbuild.mjs', '--production');
  programSpeed(await lintSpeed());
  process.exit();
}
if (process.argv[2] === 'lsp') {
  run('esbuild.mjs', '--production');
  await serverSpeed();
  process.exit();
}
if (process.argv[2] === 'footprint') {
  run('esbuild.mjs', '--production');
  await executedCode();
  process.exit();
}
if (process.argv[2] === 'completion') {
  await completionHits(Number(process.argv[3] ?? 1));
  process.exit();
}
if (process.argv[2] === 'language') {
  run('esbuild.mjs', '--production');
  await answers();
  process.exit();
}
if (process.argv[2] === 'formatting') {
  await formatters();
  process.exit();
}
sizes();
await parseSpeed();
programSpeed(await lintSpeed());
await serverSpeed();
activation();
