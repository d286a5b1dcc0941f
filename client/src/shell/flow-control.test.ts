import { afterEach, expect, test, vi } from 'vitest';
import { EscapeSequences } from './escape-sequences.ts';
import { FlowControl } from './flow-control.ts';

afterEach(() => void vi.useRealTimers());

const question = '\x1B[?974213$p';
const answer = '\x1B[?974213;0$y';
const part = 'x'.repeat(64 * 1024);

/** Writes as a process would, and counts what has reached the terminal. */
function createFlow() {
  let written = '';
  const flow = new FlowControl((text) => (written += text));
  const writeAll = async (parts: number): Promise<void> => {
    for (let count = 0; count < parts; count++) await flow.write(part);
  };
  return {
    flow,
    writeAll,
    questions: () => written.split(question).length - 1,
    length: () => written.replaceAll(question, '').length,
    written: () => written,
  };
}

test('writes short output without a question', async () => {
  const { flow, written } = createFlow();
  await flow.write('hello\r\n');
  expect(written()).toBe('hello\r\n');
});

test('stops until the terminal has drawn what was written, and loses nothing', async () => {
  const { flow, writeAll, questions, length } = createFlow();
  const all = writeAll(1000);
  await expect.poll(questions).toBe(4);
  expect(length()).toBe(16 * part.length);
  // The user types while output is drawn.
  expect(flow.filter(`l${answer}s`)).toBe('ls');
  await expect.poll(questions).toBe(5);
  let isDone = false;
  void all.then(() => (isDone = true));
  while (!isDone) {
    flow.filter(answer);
    await Promise.resolve();
  }
  expect(length()).toBe(1000 * part.length);
});

test('continues without flow control when the terminal never answers', async () => {
  vi.useFakeTimers();
  const { writeAll, questions, length } = createFlow();
  const all = writeAll(1000);
  await vi.advanceTimersByTimeAsync(5_000);
  await all;
  expect(questions()).toBe(4);
  expect(length()).toBe(1000 * part.length);
});

test('ends the wait when the terminal is closed', async () => {
  const { flow, writeAll, questions } = createFlow();
  const all = writeAll(100);
  await expect.poll(questions).toBe(4);
  flow.end();
  await all;
});

test('asks after an escape sequence, not inside it', async () => {
  const { flow, written } = createFlow();
  for (let count = 0; count < 3; count++) await flow.write(part);
  await flow.write(`${part}\x1B[3`);
  await flow.write('1mred');
  expect(written()).toContain(`\x1B[31mred${question}`);
});

test.each([
  ['text', true],
  ['\x1B', false],
  ['\x1B[', false],
  ['\x1B[1;31', false],
  ['\x1B[1;31m', true],
  ['\x1B]0;title', false],
  ['\x1B]0;title\x07', true],
  ['\x1B]0;title\x1B', false],
  ['\x1B]0;title\x1B\\', true],
  ['\x1BP1$q', false],
  ['\x1B(', false],
  ['\x1B(B', true],
  ['\x1B7', true],
  ['\x1B[1\x18', true],
])('knows whether %j is complete', (text, isComplete) => {
  const whole = new EscapeSequences();
  whole.read(text);
  expect(whole.isComplete).toBe(isComplete);
  const split = new EscapeSequences();
  for (const character of text) split.read(character);
  expect(split.isComplete).toBe(isComplete);
});
