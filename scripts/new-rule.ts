/** `npm run new-rule packages/apk-no-cache` creates the file of a rule, to be completed with example and check. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [name = ''] = process.argv.slice(2);
const root = path.resolve(import.meta.dirname, '..');
const file = path.join(root, 'server/src/rules', `${name}.ts`);

if (!/^[a-z-]+\/[a-z0-9-]+$/.test(name)) {
  console.error('Usage: npm run new-rule CATEGORY/RULE, e.g. packages/apk-no-cache');
  process.exit(2);
}
if (existsSync(file)) {
  console.error(`${file} already exists.`);
  process.exit(2);
}

mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(
  file,
  `/** Source of the rule: a specification, a bug report or a rule of another linter. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Describe in one imperative line what to do',
  why: 'Describe what happens, why it matters and when to ignore the rule.',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: [], buildkit: [] },
  on: { instructions: ['USER'] },
  examples: [
    {
      bad: dockerfile\`
        FROM alpine:3.22
        USER «wrong»
      \`,
      good: dockerfile\`
        FROM alpine:3.22
        USER right
      \`,
    },
  ],
  check({ model, report }) {
    for (const { args } of model.each('USER')) {
      const [user] = args;
      if (user?.text !== 'wrong') continue;
      report({
        at: user,
        message: t('\`{0}\` is not a valid user', user.text),
        fix: { title: t('Replace with \`right\`'), edits: [replace(user.span, 'right')] },
      });
    }
  },
});
`,
);
console.log(`${path.relative(root, file)}
Write the example and the check, then run: npm run generate && npx vitest run server/src/rules`);
