/** `textDocument/codeAction`. */
import {
  CodeActionTriggerKind,
  type CodeAction,
  type CodeActionContext,
  type CodeActionParams,
} from './protocol.ts';
import { explainRule } from '../../../contract/protocol.ts';
import type { Document } from '../model/document.ts';
import { disableRule } from '../features/actions/disable-rule.ts';
import { fixEverything } from '../features/actions/fix-everything.ts';
import { quickFixes } from '../features/actions/quick-fixes.ts';
import { findingsAt, type Action, type ActionKind } from '../features/actions/action.ts';
import { fromRules } from '../features/refactor/from-rules.ts';
import { refactorings, refactorKinds } from '../features/refactor/index.ts';
import { pinImage } from '../features/refactor/pin-image.ts';
import { quiet } from '../features/refactor/quiet.ts';
import type { Refactoring } from '../features/refactor/refactoring.ts';
import { wikiPage } from '../lint/page.ts';
import type { Finding } from '../lint/rule.ts';
import { lines } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import { t } from '../text/translation.ts';
import { toDiagnostic, toSpan, toTextEdits, toWorkspaceEdit } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';
import { ignoreActions } from './ignore-answers.ts';
import type { Checked } from './checks.ts';
import type { Session } from './session.ts';

const fixAllKind: ActionKind = 'source.fixAll.drydock';

export const actions: Feature = {
  capability: {
    codeActionProvider: { codeActionKinds: ['quickfix', ...refactorKinds, fixAllKind] },
  },
  attach: (connection, session) => {
    connection.onCodeAction(
      guarded<CodeActionParams, CodeAction[]>(
        session.log,
        'textDocument/codeAction',
        [],
        async (params) => {
          if (session.ignoreFiles.document(params.textDocument.uri) !== undefined)
            return fixesInIgnoreFile(session, params);
          const checked = await session.check(params.textDocument.uri);
          const document = session.document(params.textDocument.uri);
          if (!checked || !document) return [];
          const found = await actionsFor(session, document, checked, params);
          const span = toSpan(document, params.range, session.client.encoding);
          return [
            ...found.map((action) => toCodeAction(document, action, session)),
            ...fixesElsewhere(
              document,
              findingsAt(span, checked.findings),
              params.context,
              session,
            ),
            ...explanations(document, findingsAt(span, checked.findings), params.context, session),
          ];
        },
      ),
    );
  },
};

async function fixesInIgnoreFile(
  { ignoreFiles, client }: Session,
  { textDocument: { uri }, range, context }: CodeActionParams,
): Promise<CodeAction[]> {
  if (!isRequested(context, 'quickfix')) return [];
  const checked = await ignoreFiles.check(uri);
  const document = ignoreFiles.document(uri);
  return checked && document ? ignoreActions(document, checked.problems, range, client) : [];
}

/** Fixing everything takes several rounds of linting, so it is computed only if its kind is requested. */
async function actionsFor(
  session: Session,
  document: Document,
  { findings }: Checked,
  { range, context }: CodeActionParams,
): Promise<readonly Action[]> {
  const span = toSpan(document, range, session.client.encoding);
  const fixes = isRequested(context, 'quickfix')
    ? [...quickFixes(span, findings), ...disableRule(document, span, findings)]
    : [];
  const others: Action[] = [];
  // Refactorings alone must not show the lightbulb wherever the cursor is.
  const isIdle = context.triggerKind === CodeActionTriggerKind.Automatic && span.start === span.end;
  if (!isIdle || context.only) {
    const known = new Set(fixes.map(({ edits }) => JSON.stringify(edits)));
    for (const found of await refactoringsFor(session, document, { span, context }))
      if (!known.has(JSON.stringify(found.edits))) others.push(found);
  }
  if (context.only && isRequested(context, fixAllKind)) {
    const lint = await session.linter(document.uri);
    for (const action of fixEverything(document, lint, findings)) others.push(action);
  }
  return [...fixes, ...others];
}

interface Place {
  readonly span: Span;
  readonly context: CodeActionContext;
}

async function refactoringsFor(
  session: Session,
  document: Document,
  { span, context }: Place,
): Promise<readonly Refactoring[]> {
  const kinds = refactorKinds.filter((kind) => isRequested(context, kind));
  const lint = await session.linter(document.uri);
  const rewrites = kinds.includes('refactor.rewrite');
  const possible = [
    ...kinds.flatMap((kind) => refactorings(document, span, kind)),
    ...(rewrites ? fromRules(document, span, session.rules) : []),
  ];
  const found =
    possible.length === 0 ? [] : quiet(document, possible, { findings: lint(document), lint });
  return rewrites ? [...found, ...(await pinImage(document, span, session.outside.images))] : found;
}

/** A requested kind includes its subkinds. */
function isRequested({ only }: CodeActionContext, kind: ActionKind): boolean {
  return (
    only === undefined ||
    only.some((other) => other === '' || other === kind || kind.startsWith(`${other}.`))
  );
}

/** Fixes in other files, such as in the ignore file that excludes what is copied. */
function fixesElsewhere(
  document: Document,
  findings: readonly Finding[],
  context: CodeActionContext,
  { client }: Session,
): readonly CodeAction[] {
  if (!isRequested(context, 'quickfix')) return [];
  return findings.flatMap((finding) => {
    const { uri, text } = finding.elsewhere?.file ?? {};
    if (uri === undefined || text === undefined) return [];
    const place = { text, lines: lines(text) };
    return (finding.elsewhere?.fixes ?? []).map(({ title, edits }) => ({
      title,
      kind: 'quickfix',
      edit: { changes: { [uri]: toTextEdits(place, edits, client.encoding) } },
      diagnostics: [toDiagnostic(document, finding, client)],
    }));
  });
}

/** Actions that open the pages of the rules that report something here, if the client has the command. */
function explanations(
  document: Document,
  findings: readonly Finding[],
  context: CodeActionContext,
  { client }: Session,
): readonly CodeAction[] {
  if (!client.explains || !isRequested(context, 'quickfix')) return [];
  const byRule = new Map(findings.map((finding) => [finding.rule, finding]));
  return [...byRule.values()]
    .filter(({ rule }) => wikiPage(rule) === undefined)
    .map((finding) => {
      const title = t('Explain This Rule: {0}', finding.rule);
      return {
        title,
        kind: 'quickfix',
        command: { title, command: explainRule, arguments: [finding.rule] },
        diagnostics: [toDiagnostic(document, finding, client)],
      };
    });
}

function toCodeAction(document: Document, action: Action, { client }: Session): CodeAction {
  const { title, kind, edits, preferred, fixes } = action;
  return {
    title,
    kind,
    edit: toWorkspaceEdit(document, edits, client),
    ...(preferred === true && { isPreferred: true }),
    ...(fixes && { diagnostics: [toDiagnostic(document, fixes, client)] }),
  };
}
