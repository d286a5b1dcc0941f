import { describe, expect, test } from 'vitest';
import type { LogBatch } from '../log-batch.ts';
import { LogLineReader, type LogLineOptions } from './log-lines.ts';

const at = (second: number): string => `2026-01-02T03:04:0${second}.000000007Z`;
const seconds = Date.parse('2026-01-02T03:04:00Z') / 1000;

function frame(stream: number, text: string | Buffer): Buffer {
  const bytes = Buffer.from(text);
  const head = Buffer.alloc(8);
  head[0] = stream;
  head.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

/** `second stream text` for each line. */
function format({ text, count, ends, seconds: times, errors }: LogBatch): readonly string[] {
  return Array.from({ length: count }, (_, line) => {
    const from = line === 0 ? 0 : (ends[line - 1] ?? 0) + 1;
    const content = Buffer.from(text.subarray(from, ends[line])).toString();
    return `${(times[line] ?? 0) - seconds} ${errors[line] === 1 ? 'err' : 'out'} ${content}`;
  });
}

function read(
  bytes: Buffer,
  size: number,
  options: LogLineOptions = { framed: true, podman: false },
): readonly string[] {
  const reader = new LogLineReader(options);
  const lines: string[] = [];
  for (let from = 0; from < bytes.length; from += size)
    lines.push(...format(reader.read(bytes.subarray(from, from + size))));
  return [...lines, ...format(reader.end())];
}

describe.each([1, 3, 7, 31, 1000, 1_000_000])('in chunks of %i bytes', (size) => {
  test('reads times, streams and texts of frames', () => {
    const stream = [
      frame(1, `${at(1)} one\n`),
      frame(2, `${at(2)} two ☃\r\n`),
      frame(1, `${at(3)} \n`),
      frame(1, `2026-01-02T04:04:04+01:00 four\n`),
      frame(1, `no time\n`),
    ];
    expect(read(Buffer.concat(stream), size)).toEqual([
      '1 out one',
      '2 err two ☃\r',
      '3 out ',
      '4 out four',
      '4 out no time',
    ]);
  });

  test('joins the parts of a long line, also if the other stream writes between them', () => {
    const part = 'x'.repeat(16 * 1024);
    const stream = [
      frame(1, `${at(1)} ${part}`),
      frame(2, `${at(2)} between\n`),
      frame(1, `${at(3)} ${part}`),
      frame(1, `${at(4)} end\n`),
      frame(1, `${at(5)} next\n`),
    ];
    expect(read(Buffer.concat(stream), size)).toEqual([
      '2 err between',
      `1 out ${part}${part}end`,
      '5 out next',
    ]);
  });

  test('ends a line without a line feed where the process ended', () => {
    const stream = [frame(1, `${at(1)} last words`), frame(1, `${at(2)} first words\n`)];
    expect(read(Buffer.concat(stream), size)).toEqual(['1 out last words', '2 out first words']);
  });

  test('joins short parts of Podman', () => {
    const stream = [frame(1, `${at(1)} last `), frame(1, `${at(2)} words\n`)];
    const options = { framed: true, podman: true };
    expect(read(Buffer.concat(stream), size, options)).toEqual(['1 out last words']);
  });

  test('reads the log of a container with a terminal', () => {
    const part = 'x'.repeat(16 * 1024);
    const text = `${at(1)} one\r\n${at(2)} ${part}${at(3)} end\r\n${at(4)} prompt> `;
    expect(read(Buffer.from(text), size, { framed: false, podman: false })).toEqual([
      '1 out one\r',
      `2 out ${part}end\r`,
      '4 out prompt> ',
    ]);
  });
});

test('reports the error that the engine sends instead of lines', () => {
  const reader = new LogLineReader({ framed: true, podman: false });
  expect(() => reader.read(frame(3, 'driver failed\n'))).toThrow('driver failed');
});

test('keeps invalid bytes, and splits a line without an end', () => {
  const bytes = Buffer.from([0xff, 0x61, 10]);
  const reader = new LogLineReader({ framed: true, podman: false });
  const batch = reader.read(frame(1, Buffer.concat([Buffer.from(`${at(1)} `), bytes])));
  expect([...batch.text]).toEqual([0xff, 0x61, 10]);
  const raw = new LogLineReader({ framed: false, podman: false });
  let size = 0;
  for (let i = 0; i < 50; i++) size += raw.read(Buffer.alloc(64 * 1024, 120)).text.length;
  expect(size).toBeGreaterThan(2_000_000);
});
