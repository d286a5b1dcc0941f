import { expect, test } from 'vitest';
import { recordedInstruction } from './recorded-step.ts';

test.each([
  ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD', '["sh"]'],
  ['/bin/sh -e -c #(nop) WORKDIR /srv', 'WORKDIR', '/srv'],
  ['/bin/sh -c apt-get update', 'RUN', 'apt-get update'],
  ['RUN /bin/sh -c apt-get update # buildkit', 'RUN', 'apt-get update'],
  ['RUN |2 A=1 B="x y" /bin/sh -c make # buildkit', 'RUN', 'make'],
  ['RUN |2 A=1 B=x y /bin/bash -o pipefail -c make | tee x # buildkit', 'RUN', 'make | tee x'],
  ['|1 A=1 /bin/sh -c make', 'RUN', 'make'],
  ['|1 A=1 make install', 'RUN', 'make install'],
  ['COPY . /app # buildkit', 'COPY', '. /app'],
  ['RUN /bin/sh -c one\ntwo\n # buildkit', 'RUN', 'one two'],
  ['bazel build ...', 'RUN', 'bazel build ...'],
  ['', '', 'imported'],
])('restores the instruction of %j', (createdBy, keyword, text) => {
  expect(recordedInstruction(createdBy, 'imported')).toEqual({ keyword, text });
});

test('takes time linear in the length of a step', () => {
  const long = `|1 ${'sh -x '.repeat(100_000)}`;
  expect(recordedInstruction(long, '').keyword).toBe('RUN');
});
