/** Changes of open documents, and requests that overlap with them. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import {
  DocumentDiagnosticRequest,
  DocumentFormattingRequest,
  RenameRequest,
  type Diagnostic,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import { defaultCapabilities, applyTextEdits, type LspClient } from '../../../test/lsp-client.ts';
import { noSudo, range, session, type Session } from '../../../test/lsp-session.ts';

const uri = 'untitled:Dockerfile';

/** An editor, and a server with one rule. */
function start(one: Session = {}): Promise<LspClient> {
  return session({ rules: () => Promise.resolve([noSudo]), ...one });
}

async function pull(
  one: LspClient,
  of = uri,
  previousResultId?: string,
): Promise<Diagnostic[] | string> {
  const report = await one.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri: of },
    ...(previousResultId !== undefined && { previousResultId }),
  });
  return report.kind === 'full' ? report.items : report.resultId;
}

describe('documents', () => {
  test('apply changes in order, in UTF-16', async () => {
    const one = await start();
    await one.open(uri, 'FROM 😀 AS b\n');
    await one.change(uri, [
      { range: range(0, 5, 0, 7), text: 'a' },
      { range: range(1, 0, 1, 0), text: 'RUN sudo ls\r\nUSER x' },
      { range: range(2, 5, 2, 6), text: 'sudo y' },
    ]);
    expect(await pull(one)).toMatchObject([
      { range: range(1, 4, 1, 8) },
      { range: range(2, 5, 2, 9) },
    ]);
  });
  test('apply changes in UTF-8', async () => {
    const one = await start({
      capabilities: { ...defaultCapabilities, general: { positionEncodings: ['utf-8'] } },
    });
    await one.open(uri, 'FROM a\nRUN é😀 ls\n');
    await one.change(uri, [{ range: range(1, 11, 1, 11), text: 'sudo ' }]);
    expect(await pull(one)).toMatchObject([{ range: range(1, 11, 1, 15) }]);
  });
});

describe('an edit between a request and its answer', () => {
  const text = 'FROM a AS one\nfrom one\n';
  const at = (line: number, character: number) => ({
    textDocument: { uri },
    position: { line, character },
  });
  const insert = { range: range(0, 0, 0, 0), text: '# x\n' };
  test('a rename is returned with the version that it applies to', async () => {
    const one = await start();
    await one.open(uri, text);
    const before = one.connection.sendRequest(RenameRequest.type, { ...at(0, 11), newName: 'two' });
    await one.change(uri, [insert]);
    const after = one.connection.sendRequest(RenameRequest.type, { ...at(1, 11), newName: 'two' });
    const texts = new Map([
      [1, text],
      [2, `# x\n${text}`],
    ]);
    for (const answer of await Promise.all([before, after])) {
      const [change] = (answer?.documentChanges ?? []) as TextDocumentEdit[];
      const was = texts.get(change?.textDocument.version ?? 0) ?? '';
      expect(applyTextEdits(was, (change?.edits ?? []) as never)).toBe(
        was.replaceAll('one', 'two'),
      );
    }
  });
  test('a file that is opened twice has one text', async () => {
    const one = await start();
    await one.open(uri, text);
    await one.open(uri, text.toUpperCase());
    const answer = await one.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: { uri },
      options: { tabSize: 4, insertSpaces: true },
    });
    expect(answer).toEqual([]);
  });
});

test('closing thousands of documents frees their memory', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 1e6;
  };
  const one = await start();
  const line = `RUN apt-get update && apt-get install -y ${'package '.repeat(10)}\n`;
  const round = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const each = `file:///many/${String(i)}/Dockerfile`;
      await one.open(each, `FROM a\n# ${String(i)}\n${line}`);
      await one.connection.sendRequest(DocumentDiagnosticRequest.type, {
        textDocument: { uri: each },
      });
    }
    for (let i = 0; i < count; i++) await one.close(`file:///many/${String(i)}/Dockerfile`);
    await one.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
  };
  await round(300);
  const before = heap();
  await round(3000);
  // If they were kept, they would use several times as much memory.
  expect(heap() - before).toBeLessThan(20);
});
