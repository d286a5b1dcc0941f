import { afterEach, expect, test } from 'vitest';
import { dockerfile } from '../../server/src/text/dedent.ts';
import {
  configuration,
  createEditorDirectory,
  runEditor,
  versionOf,
  type EditorDirectory,
} from './editor.ts';

let at: EditorDirectory | undefined;
afterEach(() => {
  at?.remove();
});

const start = `(require 'package)
(package-initialize)
(setq create-lockfiles nil make-backup-files nil)
(unless (fboundp 'dockerfile-ts-mode) (require 'dockerfile-mode))
(add-to-list 'auto-mode-alist
             (cons "/Dockerfile\\\\'" (if (fboundp 'dockerfile-mode) 'dockerfile-mode 'dockerfile-ts-mode)))
`;

/** Whether Emacs is installed with this package and a mode for Dockerfiles. */
function isInstalled(feature: string): boolean {
  const script = `${start}(kill-emacs (if (locate-library "${feature}") 0 1))`;
  return versionOf('emacs', '--batch', '--eval', `(progn ${script})`) !== undefined;
}

/** `found` is an expression for the messages of diagnostics, `offered` one for completion items. */
function probe(
  { dockerfile: file, answer }: EditorDirectory,
  { found, offered }: { readonly found: string; readonly offered: string },
): string {
  return `
(find-file ${JSON.stringify(file)})
(run-hooks 'post-command-hook)
(when (bound-and-true-p flymake-mode) (flymake-start))
(let ((end (+ (float-time) 120)))
  (while (and (< (float-time) end) (not ${found}))
    (accept-process-output nil 0.05)))
(goto-char (point-max))
(let* ((found (vconcat ${found}))
       (answer ${offered})
       (items (append (if (vectorp answer) answer (or (and (listp answer) (plist-get answer :items)) answer)) nil)))
  (with-temp-file ${JSON.stringify(answer)}
    (insert (json-encode
             (list :diagnostics found
                   :completions (vconcat (mapcar (lambda (item)
                                           (if (hash-table-p item) (gethash "label" item) (plist-get item :label)))
                                         items)))))))
(kill-emacs 0)
`;
}

const text = dockerfile`
  FROM debian:latest
  CPY . /app
  EXPOSE 80
  STOPSIGNAL SIG
`.trimEnd();

/** Runs Emacs with a configuration and a probe, and expects diagnostics and completions. */
async function expectAnswer(
  directory: EditorDirectory,
  init: string,
  steps: string,
): Promise<void> {
  const { diagnostics, completions } = await runEditor(directory, 'emacs', [
    '--batch',
    ...['-l', init],
    ...['-l', steps],
  ]);
  expect(diagnostics.join('\n')).toContain(
    '`CPY` is not a Dockerfile instruction; did you mean `COPY`?',
  );
  expect(completions).toContain('SIGTERM');
}

// Both tests are skipped if Emacs or the package is not installed.
test.skipIf(!isInstalled('eglot'))(
  'Eglot shows diagnostics and completions with the documented configuration',
  async () => {
    at = createEditorDirectory(text);
    const [own = ''] = configuration('Emacs with Eglot');
    const init = at.put('init.el', `${start}(require 'json)\n(require 'eglot)\n${own}`);
    const steps = at.put(
      'probe.el',
      probe(at, {
        found: "(mapcar #'flymake-diagnostic-text (flymake-diagnostics))",
        offered:
          '(jsonrpc-request (eglot-current-server) :textDocument/completion (eglot--TextDocumentPositionParams))',
      }),
    );
    await expectAnswer(at, init, steps);
  },
);

test.skipIf(!isInstalled('lsp-mode'))(
  'lsp-mode shows diagnostics and completions with the documented configuration',
  async () => {
    at = createEditorDirectory(text);
    const [own = ''] = configuration('Emacs with lsp-mode');
    const quiet = `(setq lsp-auto-guess-root t lsp-enable-snippet nil lsp-enable-suggest-server-download nil
      lsp-session-file ${JSON.stringify(`${at.folder}/session`)})\n`;
    const init = at.put('init.el', `${start}(require 'json)\n(require 'lsp-mode)\n${quiet}${own}`);
    const steps = at.put(
      'probe.el',
      probe(at, {
        found:
          "(apply #'append (mapcar (lambda (all) (mapcar #'lsp:diagnostic-message (append all nil))) (hash-table-values (lsp-diagnostics))))",
        offered: '(lsp-request "textDocument/completion" (lsp--text-document-position-params))',
      }),
    );
    await expectAnswer(at, init, steps);
  },
);
