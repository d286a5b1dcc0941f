import { describe, expect, test } from 'vitest';
import { runLines, runPlace } from '../../../test/run-lines.ts';
import { specOfValues, valuesOf } from './draft.ts';
import { argumentsOf, lineOfSpec, specOfLine } from './line.ts';
import type { RunSpec } from './spec.ts';
import { wordsOf } from './words.ts';

function read(line: string): RunSpec {
  const { spec, troubles } = specOfLine(line, runPlace);
  expect(troubles).toEqual([]);
  return spec;
}

function troubled(line: string): readonly string[] {
  return specOfLine(line, runPlace).troubles.map(({ place, message }) => `${place}: ${message}`);
}

describe('lines of readmes', () => {
  test.each(Object.entries(runLines))('%s comes back from its print as it was', (_, line) => {
    const spec = read(line);
    expect(read(lineOfSpec(spec))).toEqual(spec);
  });

  test.each(Object.entries(runLines))('%s comes back from the form as it was', (_, line) => {
    const spec = read(line);
    const { spec: typed, marks } = specOfValues(valuesOf(spec), runPlace);
    expect(marks).toEqual([]);
    expect(typed).toEqual(spec);
  });
});

describe('a line', () => {
  test.each([
    ['docker run -itd --rm x', ['detach', 'interactive', 'tty', 'rm']],
    ['docker run -dit x', ['detach', 'interactive', 'tty']],
    ['docker run -d=false --rm=true --init=false x', ['rm']],
    ['docker container run --tty x', ['tty']],
    ['podman run -t x', ['tty']],
    ['sudo docker create -t x', ['tty']],
    ['FOO=bar docker.exe run -t x', ['tty']],
    ['-t x', ['tty']],
  ])('%s turns on %j', (line, switches) => {
    expect(read(line)).toMatchObject({ image: 'x' });
    expect(Object.keys(read(line).switches)).toEqual(switches);
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
    ['--mount type=volume,dst=/x,ro', { mount: ['type=volume,target=/x,readonly'] }],
    ['--env-file .env', { 'env-file': ['/home/me/project/.env'] }],
  ] as const)('with %s', (options, lists) => {
    expect(read(`docker run ${options} x`).lists).toEqual(lists);
  });

  test('is one command over several lines, in any shell', () => {
    const spec = specOfLine('docker run \\\n  --name ab \\\n  x', runPlace).spec;
    expect(spec).toEqual(read('docker run --name ab x'));
    expect(read('docker run `\r\n  --name ab `\r\n  x')).toEqual(spec);
    expect(read('docker run ^\n  --name ab ^\n  x')).toEqual(spec);
  });

  test('leaves all behind the image to the command', () => {
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

  test('may end its options with two dashes', () => {
    expect(read('docker run --rm -- x y')).toMatchObject({ image: 'x', command: ['y'] });
  });

  test('with an empty entrypoint takes the image’s away, and prints so', () => {
    const spec = read('docker run --entrypoint "" x a');
    expect(spec.texts).toEqual({ entrypoint: '' });
    expect(argumentsOf(spec)).toEqual(['run', '--entrypoint=', 'x', 'a']);
  });

  test('of nvidia-docker asks for the runtime of that name', () => {
    expect(read('nvidia-docker run -e NVIDIA_VISIBLE_DEVICES=0 x').texts).toEqual({
      runtime: 'nvidia',
    });
  });

  test.each([
    [
      'docker run --frobnicate x',
      ['other: --frobnicate is no option of docker run that can be kept here'],
    ],
    [
      'docker run --frobnicate=1 -Z x',
      [
        'other: --frobnicate=1 is no option of docker run that can be kept here',
        'other: -Z is no option of docker run that can be kept here',
      ],
    ],
    [
      'docker run --cidfile /x --sig-proxy=false x',
      [
        'line: --cidfile belongs to the docker program and was left out',
        'line: --sig-proxy belongs to the docker program and was left out',
      ],
    ],
    [
      'docker --context far run x',
      ['line: --context far belongs to the docker program and was left out'],
    ],
    ['docker ps', ['line: This is no docker run line']],
    ['docker run', ['image: No image is named']],
    ['docker run --name', ['name: --name lacks its value', 'image: No image is named']],
    ['docker run -e A=$SECRET x', ['line: $SECRET is not known here and was left as it is']],
    [
      'docker run -v $(git rev-parse):/x x',
      [
        'line: $(git rev-parse) is not known here and was left as it is',
        'volume: $(git rev-parse) is no name of a volume',
      ],
    ],
    ['docker run x && docker ps', ['line: What follows was left out: docker ps']],
    ['docker run -p 80:x x', ['publish: 80:x is no port: 8080:80 or 127.0.0.1:8080:80/tcp']],
    [
      'docker run -p 70000:80 x',
      ['publish: 70000 is no port: a number from 1 to 65535, or a range'],
    ],
    ['docker run -p 80-82:80-81 x', ['publish: 80-82 and 80-81 hold different numbers of ports']],
    ['docker run -v /a:b x', ['volume: b must be a path from / in the container']],
    ['docker run -m lots x', ['memory: lots is no size: a number with b, k, m or g']],
    [
      'docker run --restart sometimes x',
      ['restart: sometimes is no restart policy: no, always, unless-stopped or on-failure:5'],
    ],
    [
      'docker run --name "a b" x',
      ['name: a b cannot be a name: letters, digits, _, . and -, two at least'],
    ],
    [
      'docker run --health-interval 30 x',
      ['health-interval: 30 is no time: a number with ms, s, m or h'],
    ],
    ['docker run --mount type=bind,src=/a,dst=/b,colour=red x', ['mount: --mount knows no colour']],
  ])('%s is told about', (line, expected) => {
    const told = troubled(line);
    if (line.includes('git rev-parse')) expect(told).toContain(expected[0]);
    else expect(told).toEqual(expected);
  });

  test('is never too strange to read', () => {
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

describe('what is printed', () => {
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

  test.each(hostile)('%j is one word of a shell, and nothing more', (word) => {
    const spec = { ...read('docker run x'), command: [word] };
    const line = lineOfSpec({ ...spec, lists: { env: [`A=${word}`] } });
    const { words, rest } = wordsOf(line, runPlace);
    expect([words, rest]).toEqual([['docker', 'run', '-e', `A=${word}`, 'x', word], '']);
  });

  test('PowerShell doubles a quote instead', () => {
    expect(lineOfSpec({ ...read('docker run x'), command: ["it's"] }, 'powershell')).toBe(
      "docker run x 'it''s'",
    );
  });
});
