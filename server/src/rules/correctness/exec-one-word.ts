/** Our own: a JSON array of one text is the name of one program. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { lastIn } from '../../model/lineage.ts';

export default rule({
  summary: 'Give each word of a command a text of its own in a JSON array',
  why: 'The first text of the array is the program, the others are its arguments. `["python app.py"]` looks for a program with a blank in its name, and the container ends with “no such file or directory”.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#exec-form'],
  on: { instructions: ['CMD', 'ENTRYPOINT', 'RUN'] },
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
      // Behind an entry point it is an argument.
      if (first === undefined || stage === undefined || !isSeveral(first.text)) continue;
      if (kind === 'CMD' && lastIn(stage, 'ENTRYPOINT') !== undefined) continue;
      const words = first.text.trim().split(/\s+/);
      const isPlain = !/["'\\$&|;<>()`*?]/.test(first.text);
      const text = words.map((word) => JSON.stringify(word)).join(', ');
      report({
        at: first,
        message: t('This looks for a program called `{0}`', first.text),
        ...(isPlain && {
          fix: { title: t('Write {0}', text), edits: [replace(first.span, text)], safe: false },
        }),
      });
    }
  },
});

/** Words with blanks between; folders of Windows have blanks in their names. */
function isSeveral(text: string): boolean {
  return /^[\w./@-]+\s/.test(text) && !/^[A-Za-z]:/.test(text);
}
