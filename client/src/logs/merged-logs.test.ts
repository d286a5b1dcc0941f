import { expect, test } from 'vitest';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { fakeEngine, type FakeWorld } from '../../../test/fake-engine/fake-engine.ts';
import logs from '../commands/containers/logs.ts';
import { beyond, merged, moved, timedLines, type Line, type Mark } from './log-lines.ts';
import { printLogs } from './log-terminal.ts';

const at = (second: number): string => `2026-01-01T00:00:${String(second).padStart(2, '0')}.5Z`;
const line = (second: number, text: string): Line => ({ time: at(second), text });

async function* chunks(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(new TextEncoder().encode(text));
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

test('lines are put together from chunks, wherever those are cut', async () => {
  const lines = await all(timedLines(chunks(`${at(1)} o`, `ne\n${at(2)} two\n${at(3)}`, ' three')));
  expect(lines.flat()).toEqual([line(1, 'one'), line(2, 'two'), line(3, 'three')]);
});

test('logs become one in the order of time, in whatever zone it is told', async () => {
  async function* log(...lines: readonly Line[]) {
    for (const one of lines) yield await Promise.resolve([one]);
  }
  const there = { time: '2026-01-01T01:00:03.5+01:00', text: 'third' };
  const found = await all(
    merged([
      { source: 'a', lines: log(line(1, 'first'), there) },
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

test('a log is read on where it was left, also within a moment', () => {
  const read = [line(1, 'a'), line(2, 'b'), line(2, 'c')];
  const mark = read.reduce<Mark | undefined>(moved, undefined);
  const fresh = beyond(mark);
  // It is read again from its last second.
  expect(fresh(read.slice(1, 2))).toEqual([]);
  expect(fresh([line(2, 'c'), line(2, 'd')])).toEqual([line(2, 'd')]);
  expect(fresh([line(3, 'e')])).toEqual([line(3, 'e')]);
  expect(beyond(undefined)(read)).toEqual(read);
});

function shop(): FakeWorld {
  return {
    containers: [
      { name: 'shop-web', project: 'shop', logs: `${at(1)} hello\n${at(3)} \u001b[2Jbye\n` },
      { name: 'shop-db', project: 'shop', logs: `${at(2)} 10%\r100%\r\n` },
    ],
  };
}

test('a project is one text: each line with its name, in its colour, by its time', async () => {
  const world = fakeEngine(shop());
  const texts: string[] = [];
  const recording = recordingEditor([], {
    printout: (name, _, write) => {
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
    '\u001b[36mshop-web |\u001b[0m \u001b[2mshop-web writes no more.\u001b[0m\n',
    '\u001b[32mshop-db  |\u001b[0m \u001b[2mshop-db writes no more.\u001b[0m\n',
  ]);
  expect(recording.seen).toEqual([]);
});

test('a log that cannot be read does not keep the others, and times stand where they are asked for', async () => {
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
    'printout: a and b: logs',
    '  b | Its log cannot be read: No such container: b',
    `  a | ${at(1)} one`,
    '  a | a writes no more.',
  ]);
});
