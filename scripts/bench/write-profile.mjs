/**
 * `node write-profile.mjs PID cpu|heap FILE`: prints a line when it is connected to another Node.js process, and writes its
 * CPU profile since then, or a heap snapshot, when its input ends.
 */
import { createWriteStream, writeFileSync } from 'node:fs';
import { inspect } from './inspector.mjs';

const [pid, what, file] = process.argv.slice(2);
const { send, close } = await inspect(Number(pid));
if (what === 'cpu') {
  await send('Profiler.enable');
  await send('Profiler.setSamplingInterval', { interval: 500 });
  await send('Profiler.start');
}
console.log('connected');
for await (const _ of process.stdin);
if (what === 'cpu') {
  const { profile } = await send('Profiler.stop');
  writeFileSync(file, JSON.stringify(profile));
} else {
  const output = createWriteStream(file);
  await send('HeapProfiler.takeHeapSnapshot', {}, (chunk) => output.write(chunk));
  output.end();
}
await close();
