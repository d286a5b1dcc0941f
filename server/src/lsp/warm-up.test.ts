import { expect, test } from 'vitest';
import { countedRule } from '../../../test/counted-rule.ts';
import { session } from '../../../test/lsp-session.ts';

test('a sample is linted before the first file is opened, without diagnostics', async () => {
  let linted: (text: string) => void = () => undefined;
  const firstRun = new Promise<string>((done) => {
    linted = done;
  });
  const counted = countedRule((model, report) => {
    for (const { keyword } of model.each('FROM')) report({ at: keyword, message: 'a FROM' });
    linted(model.source.text);
  });
  const rules = () => Promise.resolve([counted]);
  const client = await session({ capabilities: {}, rules, warms: true });
  expect(await firstRun).toContain('# syntax=');
  const uri = 'file:///Dockerfile';
  await client.open(uri, 'FROM a\n');
  const { diagnostics } = await client.nextDiagnostics(uri);
  expect(diagnostics.map(({ message }) => message)).toEqual(['a FROM']);
});
