/** BuildKit InvalidDefinitionDescription (instructions/parse.go), an experimental check that a directive turns on. */
import { rule, type Report } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Dockerfile, Instruction, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

const code = 'InvalidDefinitionDescription';

export default rule({
  summary: 'Begin the description of an `ARG` or a stage with its name',
  why: '`docker build --call=outline` and `--call=targets` show the comment directly above an `ARG` or `FROM … AS` as its description, if it begins with the name. An empty line between the comment and the instruction shows that it is not a description.\n\nAs in BuildKit, the check is experimental: it is active in files with `# check=experimental=InvalidDefinitionDescription` or `# check=experimental=all`.',
  severity: 'info',
  since: '0.1.0',
  also: { buildkit: [code] },
  links: ['https://docs.docker.com/reference/build-checks/invalid-definition-description/'],
  on: { instructions: ['FROM', 'ARG'], words: ['experimental'] },
  examples: [
    {
      bad: dockerfile`
        # check=experimental=InvalidDefinitionDescription
        # the version of the tool
        ARG «VERSION»=1.4
        FROM alpine:3.22
        USER nobody
      `,
      good: dockerfile`
        # check=experimental=InvalidDefinitionDescription
        # VERSION is the version of the tool
        ARG VERSION=1.4
        FROM alpine:3.22
        USER nobody
      `,
    },
  ],
  check({ model, report }) {
    if (!isOn(model.tree)) return;
    for (const { span, name } of model.each('FROM'))
      if (name) reportUnnamed(model, { span }, [name], report);
    for (const { span, pairs, onbuild } of model.each('ARG'))
      if (onbuild !== true) reportUnnamed(model, { span }, pairs.map(({ key }) => key), report); // prettier-ignore
  },
});

function isOn({ directives }: Dockerfile): boolean {
  return directives.some(({ name, value }) => {
    const list = /(?:^|;)\s*experimental\s*=([^;]*)/.exec(value)?.[1];
    const names = list?.split(',').map((one) => one.trim()) ?? [];
    return name === 'check' && (names.includes(code) || (names.length === 1 && names[0] === 'all'));
  });
}

function reportUnnamed(
  model: Model,
  { span }: Pick<Instruction, 'span'>,
  keys: readonly Word[],
  report: Report,
): void {
  const [first] = keys;
  const comment = commentAbove(model.tree, span.start);
  if (first === undefined || comment === undefined) return;
  const [word = ''] = comment.split(' ');
  if (keys.some(({ text }) => text === word)) return;
  report({
    at: first,
    message: t(
      'The comment above does not begin with `{0}`, so it is not its description',
      first.text,
    ),
  });
}

/** The text of the comment in the line directly above; undefined if there is none. */
function commentAbove(
  { text, comments, directives }: Dockerfile,
  start: number,
): string | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1);
  const above = comments.findLast(({ span }) => span.end <= start);
  const isDirectlyAbove =
    above !== undefined &&
    lineStart >= 0 &&
    text.slice(above.span.end, lineStart).trim() === '' &&
    !text.slice(above.span.end, lineStart).includes('\n');
  if (!isDirectlyAbove || directives.some(({ span }) => span.start === above.span.start))
    return undefined;
  return text.slice(above.span.start, above.span.end).replace(/^#\s*/, '').trimEnd();
}
