/**
 * `npm run bench`: sizes, activation time and speed, each beside a peer measured in the same run where there is one.
 * Machines differ and are busy, so what counts are the ratios.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { startUp, wholeRuns } from './bench/programs.mjs';

const root = resolve(import.meta.dirname, '..');
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'drydock-bench');

/** The peer is no dependency of ours: it is installed beside the cache of the tests, at a fixed version. */
function peer(name, version) {
  const folder = join(cache, `${name}-${version}`);
  const entry = join(folder, 'node_modules', name);
  if (!existsSync(entry)) {
    mkdirSync(folder, { recursive: true });
    console.log(`installing ${name}@${version} to measure against`);
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

/** The corpus of real Dockerfiles beside the project where there is one, else the samples. */
function dockerfiles() {
  const corpus = resolve(root, '../shared/corpus');
  if (existsSync(corpus)) return readdirSync(corpus).map((name) => join(corpus, name));
  return readdirSync(join(root, 'samples'), { recursive: true })
    .filter((name) => name.endsWith('Dockerfile'))
    .map((name) => join(root, 'samples', name));
}

/** A script of `bench/` with what it measures, bundled as the server is. */
async function bundled(name) {
  const out = join(cache, `${name}.cjs`);
  await build({
    entryPoints: [join(root, `scripts/bench/${name}.ts`)],
    outfile: out,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  });
  return (await import(pathToFileURL(out).href)).default;
}

async function parseSpeed() {
  const { compare, growth } = await bundled('parse');
  const { DockerfileParser } = (
    await import(pathToFileURL(join(peer('dockerfile-ast', '0.7.1'), 'lib/main.js')).href)
  ).default;
  const files = dockerfiles().map((path) => readFileSync(path, 'utf8'));
  const { parsing, scripts, peer: theirs } = compare(files, (text) => DockerfileParser.parse(text));
  console.log(
    `tree and model of ${files.length} files: ${parsing.toFixed(1)} ms, with every script ${scripts.toFixed(1)} ms; ` +
      `dockerfile-ast, arguments and variables: ${theirs.toFixed(1)} ms: ` +
      `ours is ${(theirs / parsing).toFixed(1)} and ${(theirs / scripts).toFixed(1)} times as fast`,
  );
  for (const { shape, parts, once, twice } of growth()) {
    console.log(
      `  ${parts} ${shape}: ${twice.toFixed(1)} ms, ${(twice / once).toFixed(2)} times that of half as many`,
    );
  }
}

async function lintSpeed() {
  const { compare } = await bundled('lint');
  const { validate } = (
    await import(pathToFileURL(join(peer('dockerfile-utils', '0.16.3'), 'lib/main.js')).href)
  ).default;
  const files = dockerfiles().map((path) => readFileSync(path, 'utf8'));
  const { ours, theirs } = compare(files, validate);
  console.log(
    `lint of ${files.length} files, all default rules: ${ours.toFixed(1)} ms, ` +
      `${(ours / files.length).toFixed(3)} ms a file; dockerfile-utils validate ${theirs.toFixed(1)} ms: ` +
      `ours takes ${((100 * ours) / theirs).toFixed(0)} % of its time, ` +
      `${((1000 * files.length) / ours).toFixed(0)} files a second`,
  );
  return { warm: ours / files.length };
}

/** As whole processes: what a command line or a hook waits for. */
function programSpeed({ warm }) {
  const cli = join(root, 'dist/cli.js');
  const { bare, ours } = startUp(cli);
  console.log(
    `one small file as a whole process: ${ours.toFixed(0)} ms, ${(ours / bare).toFixed(2)} times a Node.js that does nothing`,
  );
  const tally = tallyProgram();
  if (tally === undefined) {
    console.log('tally is not there for this platform: not measured');
    return;
  }
  const run = wholeRuns(cli, tally, dockerfiles());
  const each = run.theirs / run.files;
  console.log(
    `${run.files} files as a whole process: ours ${run.ours.toFixed(0)} ms, tally ${run.theirs.toFixed(0)} ms: ` +
      `ours is ${(run.theirs / run.ours).toFixed(1)} times as fast, and warm ${(each / warm).toFixed(1)} times`,
  );
}

function tallyProgram() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  return join(peer('@wharflab/tally-linux-x64', '0.45.0'), 'bin/tally');
}

async function serverSpeed() {
  const { compare } = await bundled('lsp');
  const theirs = peer('dockerfile-language-server-nodejs', '0.15.0');
  const measured = await compare(
    {
      drydock: [process.execPath, join(root, 'dist/server.js'), '--stdio'],
      'docker-langserver': [process.execPath, join(theirs, 'bin/docker-langserver'), '--stdio'],
    },
    dockerfiles().map((path) => readFileSync(path, 'utf8')),
  );
  for (const [name, { initialize, times, memory }] of Object.entries(measured)) {
    const steps = Object.entries(times).map(
      ([step, [p50, p99]]) => `${step} ${p50.toFixed(1)} / ${p99.toFixed(1)}`,
    );
    const held = memory === undefined ? '' : `, ${memory.toFixed(0)} MB`;
    console.log(
      `${name}: initialize ${initialize.toFixed(0)} ms; ms at p50 / p99: ${steps.join(', ')}${held}`,
    );
  }
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

/** Asked for by its name: it wants an engine and a browser, and three minutes. */
function sidebar() {
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/bench/sidebar.mts'], {
    cwd: root,
    stdio: 'inherit',
  });
}

mkdirSync(cache, { recursive: true });
if (process.argv[2] === 'sidebar') {
  sidebar();
  process.exit();
}
sizes();
await parseSpeed();
programSpeed(await lintSpeed());
await serverSpeed();
activation();
