import { afterEach, expect, test } from 'vitest';
import { dockerfile } from '../../server/src/text/dedent.ts';
import {
  configuration,
  createEditorDirectory,
  runEditor,
  versionOf,
  type EditorDirectory,
} from './editor.ts';

const version = /NVIM v0\.(\d+)/.exec(versionOf('nvim', '--version') ?? '')?.[1];

let at: EditorDirectory | undefined;
afterEach(() => {
  at?.remove();
});

/**
 * Waits for diagnostics, requests completions at the end of the file, and quits. If there is no answer, it reports the
 * error, the number of attached servers and the log of Neovim and the server.
 */
const probe = (answer: string): string => `
local function ask()
  vim.wait(120000, function() return #vim.diagnostic.get(0) > 0 end, 50)
  local diagnostics = vim.tbl_map(function(one) return one.message end, vim.diagnostic.get(0))
  vim.api.nvim_win_set_cursor(0, { vim.api.nvim_buf_line_count(0), 99 })
  vim.cmd('normal! $')
  local last = vim.api.nvim_buf_line_count(0) - 1
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(0),
    position = { line = last, character = #vim.api.nvim_buf_get_lines(0, last, last + 1, false)[1] },
  }
  local answers, reason = vim.lsp.buf_request_sync(0, 'textDocument/completion', params, 120000)
  local _, first = next(answers or {})
  local items = first and first.result or {}
  return {
    diagnostics = diagnostics,
    completions = vim.tbl_map(function(item) return item.label end, items.items or items),
    trouble = reason or (first and first.error and vim.inspect(first.error)) or (not first and 'no answer') or nil,
  }
end
local fine, found = xpcall(ask, debug.traceback)
if not fine then found = { diagnostics = {}, completions = {}, trouble = found } end
-- Includes servers that have not answered yet.
local here = vim.api.nvim_get_current_buf()
found.servers = #vim.tbl_filter(function(id) return vim.lsp.buf_is_attached(here, id) end, vim.fn.range(1, 9))
if found.trouble then
  local log = vim.lsp.get_log_path()
  if vim.fn.filereadable(log) == 1 then found.log = table.concat(vim.fn.readfile(log), '\\n') end
end
vim.fn.writefile({ vim.fn.json_encode(found) }, ${JSON.stringify(answer)})
vim.cmd('qa!')
`;

// Skipped if Neovim is not installed.
test.skipIf(version === undefined)(
  'Neovim shows diagnostics and completions with the documented configuration',
  async () => {
    at = createEditorDirectory(
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
    const { diagnostics, completions, servers, trouble, log } = await runEditor(at, 'nvim', [
      '--headless',
      '-n',
      '-i',
      'NONE',
      '-u',
      init,
      at.dockerfile,
      // Neovim has already detected the file type. Setting it again must not attach a second server, for which Neovim 0.7
      // would wait forever if it is attached during a request to the first one.
      '-c',
      'set filetype=dockerfile',
      '-c',
      `luafile ${steps}`,
    ]);
    expect(trouble, log).toBeUndefined();
    expect(servers).toBe(1);
    expect(diagnostics.join('\n')).toContain(
      '`CPY` is not a Dockerfile instruction; did you mean `COPY`?',
    );
    expect(completions).toContain('SIGTERM');
  },
);
