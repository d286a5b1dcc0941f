/** `textDocument/codeAction`. */
import { CodeActionTriggerKind, type CodeAction, type CodeActionContext, type CodeActionParams } from './protocol.ts';
import { explainRule } from '../../../contract/protocol.ts';
import type { Document } from '../model/document.ts';
import { disableRule } from '../features/actions/disable-rule.ts';
import { fixEverything } from '../features/actions/fix-all.ts';
import { quickFixes } from '../features/actions/quick-fixes.ts';
import { findingsAt, type Action, type ActionKind } from '../features/actions/action.ts';
import { fromRules } from '../features/refactor/from-rules.ts';
import { refactorings, refactorKinds } from '../features/refactor/index.ts';
import { pinImage } from '../features/refactor/pin-image.ts';
import type { Refactoring } from '../features/refactor/refactoring.ts';
import { wikiPage } from '../lint/page.ts';
import type { Finding } from '../lint/rule.ts';
import type { Span } from '../text/span.ts';
import { t } from '../text/translated.ts';
import { toDiagnostic, toSpan, toWorkspaceEdit } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';
import type { Checked } from './checks.ts';
import type { Session } from './session.ts';

const fixAllKind: ActionKind = 'source.fixAll.drydock';

export const acting: Feature = {
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
          const checked = await session.check(params.textDocument.uri);
          const document = session.document(params.textDocument.uri);
          if (!checked || !document) return [];
          const actions = await actionsFor(session, document, checked, params);
          const span = toSpan(document, params.range, session.client.encoding);
          return [
            ...actions.map((action) => toCodeAction(document, action, session)),
            ...explanations(document, findingsAt(span, checked.findings), params.context, session),
          ];
        },
      ),
    );
  },
};

/** Repairing everything costs several rounds of checking, so it is only done when asked for by name. */
async function actionsFor(
  session: Session,
  document: Document,
  { findings }: Checked,
  { range, context }: CodeActionParams,
): Promise<readonly Action[]> {
  const span = toSpan(document, range, session.client.encoding);
  const actions: Action[] = [];
  if (wants(context, 'quickfix')) {
    actions.push(...quickFixes(span, findings), ...disableRule(document, span, findings));
  }
  // A light bulb at every place where something could be otherwise would be one that nobody sees.
  const idle = context.triggerKind === CodeActionTriggerKind.Automatic && span.start === span.end;
  if (!idle || context.only) {
    const known = new Set(actions.map(({ edits }) => JSON.stringify(edits)));
    const found = await refactoringsFor(session, document, { span, context });
    actions.push(...found.filter(({ edits }) => !known.has(JSON.stringify(edits))));
  }
  if (context.only && wants(context, fixAllKind)) {
    const lint = await session.linter(document.uri);
    actions.push(...fixEverything(document, lint, findings));
  }
  return actions;
}

interface Place {
  readonly span: Span;
  readonly context: CodeActionContext;
}

async function refactoringsFor(
  { rules, outside }: Session,
  document: Document,
  { span, context }: Place,
): Promise<readonly Refactoring[]> {
  const kinds = refactorKinds.filter((kind) => wants(context, kind));
  const found = kinds.flatMap((kind) => refactorings(document, span, kind));
  if (!kinds.includes('refactor.rewrite')) return found;
  const pinned = await pinImage(document, span, outside.images);
  return [...found, ...fromRules(document, span, rules), ...pinned];
}

/** A kind asked for stands for itself and all below it. */
function wants({ only }: CodeActionContext, kind: ActionKind): boolean {
  return (
    only === undefined ||
    only.some((asked) => asked === '' || asked === kind || kind.startsWith(`${asked}.`))
  );
}

/** Opens the pages of rules that report something here, in a client with the command for it. */
function explanations(
  document: Document,
  findings: readonly Finding[],
  context: CodeActionContext,
  { client }: Session,
): readonly CodeAction[] {
  if (!client.explains || !wants(context, 'quickfix')) return [];
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
