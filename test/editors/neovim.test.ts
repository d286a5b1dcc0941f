import { afterEach, expect, test } from 'vitest';
import { dockerfile } from '../../server/src/text/dedent.ts';
import { configuration, desk, received, versionOf, type Desk } from './editor.ts';

const version = /NVIM v0\.(\d+)/.exec(versionOf('nvim', '--version') ?? '')?.[1];

let at: Desk | undefined;
afterEach(() => {
  at?.remove();
});

/** Waits for diagnostics, asks for what could stand at the end of the file, and leaves. */
const probe = (answer: string): string => `
vim.wait(30000, function() return #vim.diagnostic.get(0) > 0 end, 50)
local diagnostics = vim.tbl_map(function(one) return one.message end, vim.diagnostic.get(0))
vim.api.nvim_win_set_cursor(0, { vim.api.nvim_buf_line_count(0), 99 })
vim.cmd('normal! $')
local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
local last = vim.api.nvim_buf_line_count(0) - 1
local params = {
  textDocument = vim.lsp.util.make_text_document_params(0),
  position = { line = last, character = #vim.api.nvim_buf_get_lines(0, last, last + 1, false)[1] },
}
local answers, trouble = vim.lsp.buf_request_sync(0, 'textDocument/completion', params, 30000)
if not answers then
  io.stderr:write(#clients .. ' clients, ' .. #diagnostics .. ' diagnostics; completion: ' .. trouble .. '\\n')
  vim.cmd('cquit')
end
local items = answers[clients[1].id].result
local completions = vim.tbl_map(function(item) return item.label end, items.items or items)
vim.fn.writefile({ vim.fn.json_encode({ servers = #clients, diagnostics = diagnostics, completions = completions }) }, ${JSON.stringify(answer)})
vim.cmd('qa!')
`;

// Skipped where there is no Neovim.
test.skipIf(version === undefined)(
  'Neovim shows diagnostics and completes, as the page says how',
  async () => {
    at = desk(
      dockerfile`
      FROM debian:latest
      CPY . /app
      EXPOSE 80
      STOPSIGNAL SIG
    `.trimEnd(),
    );
    const isNew = Number(version) >= 11;
    const [first = '', second = ''] = configuration(
      isNew ? 'Neovim 0.11 or newer' : 'Neovim before 0.11',
    );
    const own = isNew ? `vim.lsp.config('drydock', (function() ${first} end)())\n${second}` : first;
    const init = at.put('init.lua', own);
    const steps = at.put('probe.lua', probe(at.answer));
    // The second event for the file must not start a second server: Neovim 0.7 may then wait for an answer that it never asked for.
    const { servers, diagnostics, completions } = await received(at, 'nvim', [
      '--headless',
      '-n',
      '-i',
      'NONE',
      '-u',
      init,
      at.dockerfile,
      '-c',
      'filetype on',
      '-c',
      'set filetype=dockerfile',
      '-c',
      `luafile ${steps}`,
    ]);
    expect(servers).toBe(1);
    expect(diagnostics.join('\n')).toContain('`CPY` is no instruction; did you mean `COPY`?');
    expect(completions).toContain('SIGTERM');
  },
);
