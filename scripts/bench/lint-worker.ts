/** A worker thread that lints its share of the texts and sends the data that the command line prints. */
import { parentPort, workerData } from 'node:worker_threads';
import { document } from '../../server/src/model/document.ts';
import { lint } from '../../server/src/lint/lint.ts';
import { rules } from '../../server/src/rules/index.ts';
import type { Work } from './lint.ts';

const { texts, config } = workerData as Work;

parentPort?.on('message', (next: Int32Array) => {
  const found: unknown[] = [];
  for (let i = Atomics.add(next, 0, 1); i < texts.length; i = Atomics.add(next, 0, 1))
    for (const { rule, severity, message, at } of lint(
      document('', texts[i] ?? '').model,
      rules,
      config,
    ))
      found.push([i, rule, severity, message, at.span.start, at.span.end]);
  parentPort?.postMessage(found);
});
