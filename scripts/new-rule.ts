/** `npm run new-rule packages/apk-no-cache` lays out a rule: fill in the example, then the check. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [name = ''] = process.argv.slice(2);
const root = path.resolve(import.meta.dirname, '..');
const file = path.join(root, 'server/src/rules', `${name}.ts`);

if (!/^[a-z-]+\/[a-z0-9-]+$/.test(name)) {
  console.error('usage: npm run new-rule CATEGORY/RULE, e.g. packages/apk-no-cache');
  process.exit(2);
}
if (existsSync(file)) {
  console.error(`${file} exists.`);
  process.exit(2);
}

mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(
  file,
  `/** Where the rule comes from: the complaint, the specification or the other linter's rule. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Say in one imperative line what to do',
  why: 'Say what happens to those who do not.',
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
        message: t('\`{0}\` is wrong', user.text),
        fix: { title: t('Write right'), edits: [replace(user.span, 'right')] },
      });
    }
  },
});
`,
);
console.log(`${path.relative(root, file)}
Write its example, then its check; then: npm run generate && npx vitest run server/src/rules`);
