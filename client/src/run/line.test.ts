import { describe, expect, test } from 'vitest';
import { runLines, runPlace } from '../../../test/run-lines.ts';
import { specOfValues } from './spec-of-values.ts';
import { valuesOf } from './values-of-spec.ts';
import { argumentsOf, lineOfSpec, specOfLine } from './line.ts';
import type { RunSpec } from './spec.ts';
import { wordsOf } from '../command-line/words.ts';

function read(line: string): RunSpec {
  const { spec, troubles } = specOfLine(line, runPlace);
  expect(troubles).toEqual([]);
  return spec;
}

function troublesOf(line: string): readonly string[] {
  return specOfLine(line, runPlace).troubles.map(({ place, message }) => `${place}: ${message}`);
}

describe('commands of READMEs', () => {
  test.each(Object.entries(runLines))('%s is the same after it is printed and read', (_, line) => {
    const spec = read(line);
    expect(read(lineOfSpec(spec))).toEqual(spec);
  });

  test.each(Object.entries(runLines))('%s is the same after it is shown in the form', (_, line) => {
    const spec = read(line);
    const { spec: typed, marks } = specOfValues(valuesOf(spec), runPlace);
    expect(marks).toEqual([]);
    expect(typed).toEqual(spec);
  });
});

describe('reading a command', () => {
  test.each([
    ['docker run -itd --rm x', { detach: true, interactive: true, tty: true, rm: true }],
    ['docker run -dit x', { detach: true, interactive: true, tty: true }],
    // An engine can be configured to use an init process by default.
    ['docker run -d=false --rm=true --init=false x', { rm: true, init: false }],
    ['docker container run --tty x', { tty: true }],
    ['podman run -t x', { tty: true }],
    ['sudo docker create -t x', { tty: true }],
    ['FOO=bar docker.exe run -t x', { tty: true }],
    ['-t x', { tty: true }],
  ])('%s has the switches %j', (line, switches) => {
    expect(read(line)).toMatchObject({ image: 'x' });
    expect(read(line).switches).toEqual(switches);
  });

  test.each([
    ['-p 80:80', { publish: ['80:80'] }],
    ['-p80:80', { publish: ['80:80'] }],
    ['-p=80:80', { publish: ['80:80'] }],
    ['--publish=80:80', { publish: ['80:80'] }],
    ['--publish 80:80 -p 81:81', { publish: ['80:80', '81:81'] }],
    ['-dp 80:80', { publish: ['80:80'] }],
    ['-itp80:80', { publish: ['80:80'] }],
    ['--net host', { network: ['host'] }],
    ['--net=host', { network: ['host'] }],
    ['--dns-opt a', { 'dns-option': ['a'] }],
    ['-e A', { env: ['A'] }],
    ['-e A=', { env: ['A='] }],
    ['-e A="b c"', { env: ['A=b c'] }],
    ["-e 'A=$HOME'", { env: ['A=$HOME'] }],
    ['-e "A=$HOME"', { env: ['A=/home/me'] }],
    ['-e A=${HOME}/x', { env: ['A=/home/me/x'] }],
    ['-v $(pwd):/x', { volume: ['/home/me/project:/x'] }],
    ['-v "$(pwd)/a b":/x', { volume: ['/home/me/project/a b:/x'] }],
    ['-v `pwd`:/x', { volume: ['/home/me/project:/x'] }],
    ['-v ${PWD}:/x', { volume: ['/home/me/project:/x'] }],
    ['-v ${pwd}:/x', { volume: ['/home/me/project:/x'] }],
    ['-v %cd%:/x', { volume: ['/home/me/project:/x'] }],
    ['-v ./a:/x', { volume: ['/home/me/project/a:/x'] }],
    ['-v ../a:/x:ro', { volume: ['/home/me/a:/x:ro'] }],
    ['-v .:/x', { volume: ['/home/me/project:/x'] }],
    ['-v ~/a:/x', { volume: ['/home/me/a:/x'] }],
    ['-v data:/x', { volume: ['data:/x'] }],
    ['-v /x', { volume: ['/x'] }],
    [String.raw`-v C:\Users\me:/x`, { volume: [String.raw`C:\Users\me:/x`] }],
    [String.raw`-v "C:\Users\me":C:\data`, { volume: [String.raw`C:\Users\me:C:\data`] }],
    [
      '--mount src=./a,dst=/x,type=bind',
      { mount: ['type=bind,source=/home/me/project/a,target=/x'] },
    ],
    ['--mount type=volume,dst=/x,src=v,ro', { mount: ['type=volume,source=v,target=/x,readonly'] }],
    ['--env-file .env', { 'env-file': ['/home/me/project/.env'] }],
  ] as const)('with %s', (options, lists) => {
    expect(read(`docker run ${options} x`).lists).toEqual(lists);
  });

  test('reads continued lines of each shell', () => {
    const spec = specOfLine('docker run \\\n  --name ab \\\n  x', runPlace).spec;
    expect(spec).toEqual(read('docker run --name ab x'));
    expect(read('docker run `\r\n  --name ab `\r\n  x')).toEqual(spec);
    expect(read('docker run ^\n  --name ab ^\n  x')).toEqual(spec);
  });

  test('reads everything after the image as its command', () => {
    expect(read(`docker run x -p 80:80 --rm sh -c 'a && b' ""`).command).toEqual([
      '-p',
      '80:80',
      '--rm',
      'sh',
      '-c',
      'a && b',
      '',
    ]);
  });

  test('reads -- as the end of the options', () => {
    expect(read('docker run --rm -- x y')).toMatchObject({ image: 'x', command: ['y'] });
  });

  test('keeps an empty entrypoint', () => {
    const spec = read('docker run --entrypoint "" x a');
    expect(spec.texts).toEqual({ entrypoint: '' });
    expect(argumentsOf(spec)).toEqual(['run', '--entrypoint=', 'x', 'a']);
  });

  test('reads nvidia-docker as --runtime nvidia', () => {
    expect(read('nvidia-docker run -e NVIDIA_VISIBLE_DEVICES=0 x').texts).toEqual({
      runtime: 'nvidia',
    });
  });

  test.each([
    ['docker run --frobnicate x', ['other: --frobnicate is not an option of docker run']],
    [
      'docker run --frobnicate=1 -Z x',
      [
        'other: --frobnicate=1 is not an option of docker run',
        'other: -Z is not an option of docker run',
      ],
    ],
    ['docker --context far run x', ['line: Global docker option --context far is ignored']],
    ['docker ps', ['line: This is not a docker run command']],
    ['docker run', ['image: No image is specified']],
    ['docker run --name', ['name: --name requires a value', 'image: No image is specified']],
    [
      'docker run -e A=$SECRET x',
      ['line: The value of $SECRET is not known; it is kept as written'],
    ],
    [
      'docker run -v $(git rev-parse):/x x',
      ['line: The value of $(git rev-parse) is not known; it is kept as written'],
    ],
    ['docker run x && docker ps', ['line: Ignored, not part of the docker command: docker ps']],
    [
      'docker run -p 80:x x',
      ['publish: x is not a valid port; use a number from 1 to 65535, or a range'],
    ],
    [
      'docker run -p 70000:80 x',
      ['publish: 70000 is not a valid port; use a number from 1 to 65535, or a range'],
    ],
    [
      'docker run -p 80-82:80-81 x',
      ['publish: 80-82 and 80-81 are port ranges of different lengths'],
    ],
    ['docker run -v /a:b x', ['volume: b must be an absolute path in the container']],
    ['docker run -m lots x', ['memory: lots is not a valid size; use a number with b, k, m or g']],
    [
      'docker run --restart sometimes x',
      [
        'restart: sometimes is not a restart policy; use no, always, unless-stopped or on-failure:5',
      ],
    ],
    [
      'docker run --name "a b" x',
      ['name: a b is not a valid name; use at least two letters, digits, _, . or -'],
    ],
    [
      'docker run --health-interval 30 x',
      ['health-interval: 30 is not a valid duration; use a number with ms, s, m or h'],
    ],
    [
      'docker run --mount type=bind,src=/a,dst=/b,colour=red x',
      ['mount: --mount has no option colour'],
    ],
  ])('reports problems of %s', (line, expected) => {
    const found = troublesOf(line);
    if (line.includes('git rev-parse')) expect(found).toContain(expected[0]);
    else expect(found).toEqual(expected);
  });

  test('accepts any text', () => {
    for (const line of [
      '',
      ' ',
      "'",
      '"',
      '\\',
      '$(',
      '`',
      'docker run "',
      '-',
      '--',
      '--=',
      '-=',
      '%',
      '${',
      '~',
      '\0',
      'docker run -p',
    ]) {
      expect(specOfLine(line, runPlace).spec).toBeDefined();
    }
  });
});

describe('printing a command', () => {
  const hostile = [
    "'; rm -rf /; '",
    '$(reboot)',
    '`reboot`',
    '%PATH%',
    'a\nb',
    '"',
    '\\',
    '~',
    '!',
    '#x',
    '',
    '-e',
    '&&',
    '<x>',
    'ünïcode',
    '{a,b}',
    '*',
  ];

  test.each(hostile)('quotes %j as one word', (word) => {
    const spec = { ...read('docker run x'), command: [word] };
    const line = lineOfSpec({ ...spec, lists: { env: [`A=${word}`] } });
    const { words, rest } = wordsOf(line, runPlace);
    expect([words, rest]).toEqual([['docker', 'run', '-e', `A=${word}`, 'x', word], '']);
  });

  test('doubles quotes for PowerShell', () => {
    expect(lineOfSpec({ ...read('docker run x'), command: ["it's"] }, 'powershell')).toBe(
      "docker run x 'it''s'",
    );
  });
});
