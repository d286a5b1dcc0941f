/**
 * `node read-heap.mjs PID`: has another Node.js process collect its garbage and prints the size of its heap in bytes and the
 * names of its active resources as JSON.
 */
import { inspect } from './inspector.mjs';

const { send, close } = await inspect(Number(process.argv[2]));
await send('HeapProfiler.collectGarbage');
const { result } = await send('Runtime.evaluate', {
  expression: `(() => {
    const { heapUsed, external } = process.memoryUsage();
    return JSON.stringify({ heap: heapUsed + external, resources: process.getActiveResourcesInfo() });
  })()`,
});
console.log(result.value);
await close();
