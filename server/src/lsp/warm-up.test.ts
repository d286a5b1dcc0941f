import { expect, test } from 'vitest';
import { session } from '../../../test/lsp-session.ts';
import { rule } from '../lint/rule.ts';

test('a sample is linted before the first file is opened, without diagnostics', async () => {
  let linted: (text: string) => void = () => undefined;
  const firstRun = new Promise<string>((done) => {
    linted = done;
  });
  const counted = rule({
    summary: 'Count',
    why: 'Because.',
    severity: 'warning',
    since: '0.1.0',
    examples: [{ bad: '', good: '' }],
    check({ model, report }) {
      for (const { keyword } of model.each('FROM')) report({ at: keyword, message: 'a FROM' });
      linted(model.source.text);
    },
  });
  const rules = () => Promise.resolve([{ id: 'counted', category: 'style', rule: counted }]);
  const client = await session({ capabilities: {}, rules, warms: true });
  expect(await firstRun).toContain('# syntax=');
  const uri = 'file:///Dockerfile';
  await client.open(uri, 'FROM a\n');
  const { diagnostics } = await client.nextDiagnostics(uri);
  expect(diagnostics.map(({ message }) => message)).toEqual(['a FROM']);
});
