/** Properties of all answers, checked on real Dockerfiles that are cut off at random places. */
import { expect, test } from 'vitest';
import { createRandomIntegers } from '../../../test/corpus/mutations.ts';
import { texts } from '../../../test/corpus/texts.ts';
import { document, type Document } from '../model/document.ts';
import { rules } from '../rules/index.ts';
import { encloses, type Span } from '../text/span.ts';
import { inlayHints } from './inlay-hints.ts';
import { links } from './links.ts';
import { selection } from './selection.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { signatureHelp } from './signature-help.ts';

const below = createRandomIntegers(5);
const cut = Array.from({ length: 60 }, (_, index) => {
  const text = texts[Math.floor((index * texts.length) / 60)] ?? '';
  return [text, text.slice(0, below(text.length)), text.slice(0, below(text.length))];
}).flat();

function inside({ text }: Document, { start, end }: Span): boolean {
  return start >= 0 && start <= end && end <= text.length;
}

/** Whether all spans are in the text, not empty, sorted and without overlap. */
function ordered(one: Document, spans: readonly Span[]): boolean {
  return spans.every(
    (span, i) =>
      inside(one, span) && span.end > span.start && span.start >= (spans[i - 1]?.end ?? 0),
  );
}

test('semantic tokens are sorted, single-line and do not overlap', () => {
  for (const text of cut) {
    const one = document('untitled:Dockerfile', text);
    const spans = semanticTokens(one).map(({ span }) => span);
    if (!ordered(one, spans)) expect(spans, text).toEqual([]);
    for (const { start, end } of spans) expect(text.slice(start, end)).not.toMatch(/[\r\n]/);
    const half = { start: 0, end: Math.floor(text.length / 2) };
    const part = semanticTokens(one, half).map(({ span }) => span);
    expect(part).toEqual(spans.filter(({ start, end }) => end > half.start && start < half.end));
  }
});

test('links and hints are sorted and within the text', () => {
  const enabled = {
    fromArguments: true,
    baseImages: true,
    stageNames: true,
    workdir: true,
    repeats: 1,
  };
  for (const text of cut) {
    const one = document('untitled:Dockerfile', text);
    const found = links(one, rules, () => undefined);
    if (
      !ordered(
        one,
        found.map(({ span }) => span),
      )
    )
      expect(found, text).toEqual([]);
    for (const { target } of found) expect(target).toMatch(/^https?:\/\//i);
    for (const { offset } of inlayHints(one, { start: 0, end: text.length }, enabled))
      expect(inside(one, { start: offset, end: offset })).toBe(true);
  }
});

test('selection ranges are nested and end with the whole text', () => {
  for (const text of cut) {
    const one = document('untitled:Dockerfile', text);
    for (const offset of [
      0,
      text.length,
      ...Array.from({ length: 20 }, () => below(text.length)),
    ]) {
      const spans = selection(one, offset);
      expect(spans.at(-1)).toEqual({ start: 0, end: text.length });
      expect(spans.every((span, i) => i === 0 || encloses(span, spans[i - 1]!))).toBe(true);
    }
  }
});

test('signature parameters are within the label', () => {
  let shownSignatures = 0;
  for (const text of cut) {
    const one = document('untitled:Dockerfile', text);
    for (const offset of [text.length, ...Array.from({ length: 20 }, () => below(text.length))]) {
      const help = signatureHelp(one, offset);
      if (!help) continue;
      shownSignatures++;
      const shown = help.signatures[help.active]!;
      if (help.parameter !== undefined) expect(shown.parameters[help.parameter]).toBeDefined();
      for (const { span } of shown.parameters)
        expect(span.end).toBeLessThanOrEqual(shown.form.length);
    }
  }
  expect(shownSignatures).toBeGreaterThan(100);
});
