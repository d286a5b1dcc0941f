import { expect, test } from 'vitest';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { fakeEngine, type FakeWorld } from '../../../test/fake-engine/fake-engine.ts';
import logs from '../commands/containers/logs.ts';
import {
  skipRead,
  mergeLogs,
  advancePosition,
  timedLines,
  type LogLine,
  type LogPosition,
} from './log-lines.ts';
import { printLogs } from './log-terminal.ts';

const at = (second: number): string => `2026-01-01T00:00:${String(second).padStart(2, '0')}.5Z`;
const line = (second: number, text: string): LogLine => ({ time: at(second), text });

async function* chunks(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(new TextEncoder().encode(text));
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

test('reads lines from chunks that are split at any byte', async () => {
  const lines = await all(timedLines(chunks(`${at(1)} o`, `ne\n${at(2)} two\n${at(3)}`, ' three')));
  expect(lines.flat()).toEqual([line(1, 'one'), line(2, 'two'), line(3, 'three')]);
});

test('merges logs in the order of time, across time zones', async () => {
  async function* log(...lines: readonly LogLine[]) {
    for (const one of lines) yield await Promise.resolve([one]);
  }
  const otherZone = { time: '2026-01-01T01:00:03.5+01:00', text: 'third' };
  const found = await all(
    mergeLogs([
      { source: 'a', lines: log(line(1, 'first'), otherZone) },
      { source: 'b', lines: log(line(2, 'second'), line(4, 'fourth')) },
      { source: 'c', lines: log() },
    ]),
  );
  expect(found.map(({ source, line: { text } }) => `${source} ${text}`)).toEqual([
    'a first',
    'b second',
    'a third',
    'b fourth',
  ]);
});

test('continues a log after the last line that was read, also within the same time', () => {
  const read = [line(1, 'a'), line(2, 'b'), line(2, 'c')];
  const position = read.reduce<LogPosition | undefined>(advancePosition, undefined);
  const withoutRead = skipRead(position);
  // The log is read again from the second of the position.
  expect(withoutRead(read.slice(1, 2))).toEqual([]);
  expect(withoutRead([line(2, 'c'), line(2, 'd')])).toEqual([line(2, 'd')]);
  expect(withoutRead([line(3, 'e')])).toEqual([line(3, 'e')]);
  expect(skipRead(undefined)(read)).toEqual(read);
});

function shop(): FakeWorld {
  return {
    containers: [
      { name: 'shop-web', project: 'shop', logs: `${at(1)} hello\n${at(3)} \u001b[2Jbye\n` },
      { name: 'shop-db', project: 'shop', logs: `${at(2)} 10%\r100%\r\n` },
    ],
  };
}

test('merges the logs of a project, with a colored name before each line', async () => {
  const world = fakeEngine(shop());
  const texts: string[] = [];
  const recording = recordingEditor([], {
    openOutputTerminal: (name, _, write) => {
      texts.push(name);
      done = write((text) => void texts.push(text), new AbortController().signal);
    },
  });
  let done: Promise<void> = Promise.resolve();
  const tools = toolsFor(world.engine, recording.editor);
  await logs.run(await world.engine.containers(), tools, { paths: [] });
  await expect.poll(() => texts.length).toBe(4);
  world.log('shop-db', `${at(4)} ready\n`);
  await expect.poll(() => texts.length).toBe(5);
  world.exit('shop-web', 0);
  world.exit('shop-db', 0);
  await done;
  expect(texts).toEqual([
    'shop: logs',
    '\u001b[36mshop-web |\u001b[0m hello\n',
    '\u001b[32mshop-db  |\u001b[0m 100%\n',
    '\u001b[36mshop-web |\u001b[0m bye\u001b[0m\n',
    '\u001b[32mshop-db  |\u001b[0m ready\n',
    '\u001b[36mshop-web |\u001b[0m \u001b[2mLog stream ended.\u001b[0m\n',
    '\u001b[32mshop-db  |\u001b[0m \u001b[2mLog stream ended.\u001b[0m\n',
  ]);
  expect(recording.seen).toEqual([]);
});

test('reports a log that cannot be read and prints the others, with timestamps if requested', async () => {
  const world = fakeEngine({
    containers: [
      { name: 'a', state: 'exited', logs: `${at(1)} one\n` },
      { name: 'b', id: 'b', state: 'exited' },
    ],
  });
  const [a, b] = await world.engine.containers();
  const recording = recordingEditor();
  const options = { tail: 100, timestamps: true };
  await world.engine.remove('b');
  await printLogs(toolsFor(world.engine, recording.editor), [a!, b!], options);
  await recording.printed();
  expect(recording.seen).toEqual([
    'output: a and b: logs',
    '  b | Could not read the logs: No such container: b',
    `  a | ${at(1)} one`,
    '  a | Log stream ended.',
  ]);
});
