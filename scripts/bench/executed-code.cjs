/**
 * Loaded into a server before its code: at each SIGUSR2, writes what has been executed since the last one into the directory
 * of the environment variable DRYDOCK_EXECUTED, as `1`, `2`, …: the number of functions, and of characters in them.
 */
const { writeFileSync, renameSync } = require('node:fs');
const { Session } = require('node:inspector');
const { join } = require('node:path');

const folder = process.env.DRYDOCK_EXECUTED;
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** Characters of a function that were executed, without the functions in it. */
function executedIn({ ranges: [whole, ...parts] }, inner) {
  const holes = [...parts.filter(({ count }) => count === 0), ...inner];
  holes.sort((a, b) => a.startOffset - b.startOffset);
  let [at, sum] = [whole.startOffset, 0];
  for (const { startOffset, endOffset } of holes) {
    sum += Math.max(0, startOffset - at);
    at = Math.max(at, endOffset);
  }
  return sum + Math.max(0, whole.endOffset - at);
}

/** Functions are listed before those in them. The first is the script itself. */
function executed(functions) {
  const [, ...own] = functions;
  const inner = new Map(own.map((one) => [one, []]));
  const around = [];
  for (const one of own) {
    const [{ startOffset }] = one.ranges;
    while (around.length > 0 && around.at(-1).ranges[0].endOffset <= startOffset) around.pop();
    if (around.length > 0) inner.get(around.at(-1)).push(one.ranges[0]);
    around.push(one);
  }
  const called = own.filter(({ ranges: [whole] }) => whole.count > 0);
  return {
    functions: called.length,
    characters: called.reduce((sum, one) => sum + executedIn(one, inner.get(one)), 0),
  };
}

let taken = 0;
process.on('SIGUSR2', () => {
  session.post('Profiler.takePreciseCoverage', (error, { result }) => {
    const ours = result.find(({ url }) => url.endsWith('language-server.js'));
    const found = ours ? executed(ours.functions) : { functions: 0, characters: 0 };
    const file = join(folder, String(++taken));
    writeFileSync(`${file}.draft`, JSON.stringify(found));
    renameSync(`${file}.draft`, file);
  });
});
