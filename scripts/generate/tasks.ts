/** The contributions for tasks: the schema of `drydock-build`, from the table of options, and problem matchers. */
import { optionNames, table, type OptionName } from '../../client/src/build/options/table.ts';
import { propertyName, taskType } from '../../client/src/build/task.ts';

type Say = (key: string, text: string) => string;

export function taskDefinitions(say: Say): readonly object[] {
  const about = (name: string, text: string) => say(`tasks.build.${name}`, text);
  return [
    {
      type: taskType,
      required: [],
      properties: {
        context: {
          type: 'string',
          default: '.',
          description: about('context', 'Folder or Git address that COPY reads from.'),
        },
        cwd: {
          type: 'string',
          description: about('cwd', 'Folder of relative paths; the workspace folder by default.'),
        },
        ...Object.fromEntries(
          optionNames.map((name) => [
            propertyName(name),
            { ...typeOf(name), description: about(name, text(name)) },
          ]),
        ),
        classicBuilder: {
          type: 'boolean',
          description: about(
            'classicBuilder',
            'Build without BuildKit, as with DOCKER_BUILDKIT=0.',
          ),
        },
        otherOptions: {
          type: 'array',
          items: { type: 'string' },
          description: about('otherOptions', 'Options of docker build that have no property.'),
        },
      },
    },
  ];
}

/** The schema of an option; a list with one value can be a string. */
function typeOf(name: OptionName): object {
  switch (table[name].kind) {
    case 'switch':
      return { type: 'boolean' };
    case 'text':
      return { type: 'string' };
    case 'list':
      return { type: ['array', 'string'], items: { type: 'string' } };
  }
}

/** Descriptions in schemas have no code. */
function text(name: OptionName): string {
  return table[name].about().replaceAll('`', '');
}

/** `Dockerfile:3`, and the line below it, before the lines of the Dockerfile. */
const place = { regexp: String.raw`^(\S.*):(\d+)$`, file: 1, line: 2 };
const ruler = { regexp: '^-{20}$' };

/**
 * Problem matchers for the output of `docker build` with BuildKit 0.12 and later. A pattern of VS Code has a fixed number of
 * lines, and the lines of the Dockerfile in the output are two to five.
 */
export const problemMatchers: readonly object[] = [
  matcher('drydock-build', 'docker build', [
    // The last line of the output of the step, or the step itself.
    { regexp: String.raw`^(?: > |\d+\.\d+ )(.+?):?$`, message: 1 },
    { regexp: '^-{6}$' },
    place,
    ruler,
  ]),
  matcher('drydock-build-rawjson', 'docker build --progress=rawjson', [
    { regexp: String.raw`"error":"((?:[^"\\]|\\.)+)"`, message: 1 },
    place,
    ruler,
  ]),
  ...[5, 4, 3, 2].map((lines) =>
    matcher(
      lines === 5 ? 'drydock-build-syntax' : `drydock-build-syntax-${lines}`,
      'docker build, errors before the first step',
      [
        // Not after the output of a step.
        { regexp: String.raw`^(?!-{6}$|\{.*"error":).*$` },
        place,
        ruler,
        ...Array.from({ length: lines }, () => ({ regexp: String.raw`^ *\d+ \| ` })),
        ruler,
        { regexp: '^ERROR: (?:failed to build: )?(?:failed to solve: )?(.*)$', message: 1 },
      ],
    ),
  ),
];

function matcher(name: string, label: string, pattern: readonly object[]): object {
  return {
    name,
    label,
    owner: 'drydock-build',
    source: 'docker build',
    severity: 'error',
    fileLocation: ['autoDetect', '${workspaceFolder}'],
    pattern,
  };
}
