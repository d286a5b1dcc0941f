import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runLines, runPlace } from '../../../test/run-lines.ts';
import { serviceOf } from './compose.ts';
import { withService } from './compose-file.ts';
import { specOfLine } from './line.ts';
import { withTask } from '../command-line/tasks.ts';
import { taskOf } from './task.ts';

const nowhere = { folder: undefined };

const specOf = (line: string) => specOfLine(line, runPlace).spec;

function added(text: string, line: string): string {
  const written = withService(text, serviceOf(specOf(line), runPlace));
  return typeof written === 'string' ? written : written.text;
}

describe('a compose service', () => {
  test('has the options of the command', () => {
    const line = `docker run -d --name web --restart always -p 8080:80 -v ./html:/html:ro -v data:/data -e A=b -e 'C=$5' --network front --network-alias www -m 64m --gpus '"device=0,1"' --health-cmd 'curl $HOST' --ulimit nofile=1:2 nginx:1.27 nginx -g 'daemon off;'`;
    expect(added('', line)).toBe(`services:
  web:
    image: nginx:1.27
    command:
      - nginx
      - -g
      - daemon off;
    container_name: web
    restart: always
    ports:
      - 8080:80
    networks:
      front:
        aliases:
          - www
    volumes:
      - ./html:/html:ro
      - data:/data
    environment:
      - A=b
      - C=$$5
    deploy:
      resources:
        reservations:
          devices:
            - device_ids:
                - "0"
                - "1"
              capabilities:
                - gpu
    mem_limit: 64m
    ulimits:
      nofile:
        soft: 1
        hard: 2
    healthcheck:
      test:
        - CMD-SHELL
        - curl $$HOST

volumes:
  data:
    name: data

networks:
  front:
    external: true
`);
  });

  test('is added after existing services, which keep their comments', () => {
    const before = '# ours\nservices:\n  web: # the old one\n    image: a\nvolumes:\n';
    const text = added(before, 'docker run --name web -v data:/data nginx');
    expect(text).toContain('# ours\nservices:\n  web: # the old one\n    image: a\n  web-2:\n');
    expect(parse(text)).toMatchObject({
      volumes: { data: { name: 'data' } },
      services: { 'web-2': { image: 'nginx' } },
    });
  });

  test.each([
    ['services: {}\n', 'services:\n  x:\n    image: x\n'],
    [
      'services:\n    a: {image: b} # here\n\nname: n # last',
      'services:\n    a: {image: b} # here\n    x:\n      image: x\n\nname: n # last',
    ],
    ['name: n', 'name: n\n\nservices:\n  x:\n    image: x\n'],
    ['services: # none yet\nname: n\n', 'services: # none yet\n  x:\n    image: x\nname: n\n'],
    ['services: {a: {image: b}}\n', 'services: { a: { image: b }, x: { image: x } }\n'],
  ])('is added to %j without other changes', (before, after) => {
    expect(added(before, 'docker run x')).toBe(after);
  });

  test.each(['a: [', '- a\n', 'services: 3\n'])('cannot be added to %j', (text) => {
    expect(withService(text, serviceOf(specOf('docker run x'), nowhere))).toBeTypeOf('string');
  });

  test('reports options without an equivalent', () => {
    expect(serviceOf(specOf('docker run -P --rm --cpuset-mems 0 x'), nowhere).left).toEqual([
      '--rm',
      '--publish-all',
      '--cpuset-mems',
    ]);
  });

  test.each(Object.entries(runLines))('%s is written as YAML with the same values', (_, line) => {
    const service = serviceOf(specOf(line), runPlace);
    const text = added('', line);
    expect(parse(text)).toMatchObject({
      services: { [service.name]: JSON.parse(JSON.stringify(service.service)) as object },
    });
  });
});

describe('a task', () => {
  const task = taskOf(
    specOf('docker run -it --rm -v "$PWD/a b":/x x sh -c "echo \'hi\'"'),
    'Try',
    runPlace.folder,
  );

  test('has arguments instead of a command line, and relative paths of the workspace', () => {
    expect(task).toEqual({
      label: 'Try',
      type: 'process',
      command: 'docker',
      args: ['run', '-it', '--rm', '-v', '${workspaceFolder}/a b:/x', 'x', 'sh', '-c', "echo 'hi'"],
      problemMatcher: [],
      presentation: { focus: true },
    });
  });

  test('is added after existing tasks, which keep their comments', () => {
    const before =
      '{\n  // ours\n  "version": "2.0.0",\n  "tasks": [\n    { "label": "a ] b", "args": ["x"] } // last\n  ],\n  "inputs": []\n}\n';
    const text = withTask(before, task) ?? '';
    expect(text).toContain('// ours');
    const bare = text.replace(/\/\/ .*$/gm, '');
    const { tasks, inputs } = JSON.parse(bare) as { tasks: { label: string }[]; inputs: unknown };
    expect([tasks.map(({ label }) => label), inputs]).toEqual([['a ] b', 'Try'], []]);
  });

  test('creates a missing file, and does not change a file without a list of tasks', () => {
    expect(JSON.parse(withTask('', task) ?? '')).toEqual({ version: '2.0.0', tasks: [task] });
    expect(JSON.parse(withTask('{"tasks": []}', task) ?? '')).toEqual({ tasks: [task] });
    expect(withTask('{"version": "2.0.0"}', task)).toBeUndefined();
  });
});
