/** Our own: the first string of a JSON array is the name of the program, spaces included. */
import { rule } from '../../lint/rule.ts';
import { specialExec } from '../../lint/parts.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { lastIn } from '../../model/lineage.ts';

export default rule({
  summary: 'Put each argument in its own string of the JSON array',
  why: 'The first string of the array is the program; the others are its arguments. `["python app.py"]` runs a program whose name contains a space, and the container fails to start with `executable file not found in $PATH`.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  formerly: ['exec-one-word'],
  links: ['https://docs.docker.com/reference/dockerfile/#exec-form'],
  on: { parts: specialExec },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        CMD [«"python app.py"»]
      `,
      good: dockerfile`
        FROM python:3.13-slim
        CMD ["python", "app.py"]
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('CMD', 'ENTRYPOINT', 'RUN')) {
      const { command, kind } = instruction;
      if (command?.form !== 'exec') continue;
      const [first] = command.argv;
      const stage = model.stageOf(instruction);
      // With an entry point, it is an argument.
      if (first === undefined || stage === undefined || !hasSeveralWords(first.text)) continue;
      if (kind === 'CMD' && lastIn(stage, 'ENTRYPOINT') !== undefined) continue;
      const words = first.text.trim().split(/\s+/);
      const isPlain = !/["'\\$&|;<>()`*?]/.test(first.text);
      const text = words.map((word) => JSON.stringify(word)).join(', ');
      report({
        at: first,
        message: t('This runs a program named `{0}`, including the space', first.text),
        ...(isPlain && {
          fix: {
            title: t('Split into separate strings'),
            edits: [replace(first.span, text)],
            safe: false,
          },
        }),
      });
    }
  },
});

/** Whether it is several words; Windows paths may contain spaces. */
function hasSeveralWords(text: string): boolean {
  return /^[\w./@-]+\s/.test(text) && !/^[A-Za-z]:/.test(text);
}
