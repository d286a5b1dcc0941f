import { expect, test } from 'vitest';
import { slice } from '../../text/span.ts';
import { parse } from '../parse.ts';
import { mountFields } from './mount.ts';
import { durationOf } from './duration.ts';

test.each([
  ['30s', 30e9],
  ['1m30s', 90e9],
  ['2562047h', 2562047 * 3600e9],
  ['2562048h', undefined],
  ['1.5h', 5400e9],
  ['.5s', 0.5e9],
  ['0', 0],
  ['-1ms', -1e6],
  ['+2us', 2e3],
  ['3µs', 3e3],
  ['', undefined],
  ['30', undefined],
  ['1x', undefined],
  ['5.5.5s', undefined],
  ['1s1x', undefined],
  ['s', undefined],
])('parses the duration "%s"', (text, nanoseconds) => {
  expect(durationOf(text)).toBe(nanoseconds);
});

function troublesOf(flag: string): readonly string[] {
  const text = `FROM a\nRUN ${flag} true`;
  return parse(text).errors.map(
    ({ code, values, span }) => `${[code, ...values].join(' ')} «${slice(text, span)}»`,
  );
}

test.each([
  'target=/a',
  'type=bind,source=.,target=/a,rw',
  'type=cache,dst=/a,sharing=locked,mode=0755,uid=1,gid=1,ro=false',
  'type=secret,id=a,required,env=B',
  'type=cache,target=/a,env=B',
  'type=secret,id=a,target=/b,mode=0400,required=true',
  'type=ssh,required=1',
  'type=tmpfs,target=/a,size=64m',
  'type=cache,target=$HOME/a,mode=$MODE',
  'type=$TYPE,target=/a,foo=1',
  'type=CACHE,TARGET=/a',
  'type=cache,\\"target=/a,b\\"',
])('accepts --mount=%s', (mount) => {
  expect(troublesOf(`--mount=${mount}`)).toEqual([]);
});

test.each([
  ['type=bnd', 'mount-type bnd «bnd»'],
  ['type=bind,target=/a,z', 'mount-field z «z»'],
  ['type=bind,tgt=/a', 'mount-key tgt «tgt=/a»'],
  ['type=cache,sharing=all', 'mount-sharing all «all»'],
  ['type=cache,mode=9', 'mount-value mode 9 «9»'],
  ['type=bind,uid=1', 'mount-option uid bind «uid=1»'],
  ['type=bind,required', 'mount-option required bind «required»'],
  ['required,type=secret,id=a', 'mount-option required bind «required»'],
  ['type=secret,from=b,id=a', 'mount-option from secret «from=b»'],
  ['type=secret,id=a,src=b', 'secret-source-and-id «src=b»'],
  ['type=secret', 'secret-without-id «type=secret»'],
  ['type=bind,from=$a', 'from-variable from «$a»'],
  ['"type=tmpfs,size=x"', 'mount-value size x «x»'],
])('reports --mount=%s as %s', (mount, trouble) => {
  expect(troublesOf(`--mount=${mount}`)).toEqual([trouble]);
});

test('reports a second name of a device', () => {
  expect(troublesOf('--device=nvidia.com/gpu=all,required')).toEqual([]);
  expect(troublesOf('--device=a.b/c=d,name=x')).toEqual(['duplicate-device name=x «name=x»']);
  expect(troublesOf('--device=a.b/c=d,required=maybe')).toEqual([
    'device-required maybe «required=maybe»',
  ]);
});

test('reads a quoted field that is longer than the stack of a regular expression', () => {
  const text = `"id=${'a'.repeat(12_000_000)}",ro`;
  const span = { start: 0, end: text.length };
  const fields = mountFields({ span, raw: text, text, variables: [], quote: undefined });
  expect(fields.map(({ key, value }) => [key, value?.length])).toEqual([
    ['id', 12_000_000],
    ['readonly', undefined],
  ]);
});
