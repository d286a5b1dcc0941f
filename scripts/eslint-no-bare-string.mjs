/**
 * Texts that are shown to users must be wrapped in `t('…')`, or be data that `npm run generate` collects. The rule reports
 * literals that look like a word or a sentence; it ignores names, paths and examples such as `python:3.13-slim`.
 */

/** Properties whose values are shown to users. */
const shown = new Set([
  'message',
  'title',
  'detail',
  'prompt',
  'placeholder',
  'placeHolder',
  'label',
  'description',
  'tooltip',
  'accessibilityLabel',
  'question',
  'openLabel',
  'button',
  'words',
]);

/** Methods whose arguments are shown to users. */
const methods = new Set([
  'confirm',
  'chooseButton',
  'pick',
  'pickMany',
  'ask',
  'withProgress',
  'withWindowProgress',
  'showInformation',
  'showWarning',
  'chooseFolder',
  'chooseFiles',
  'showInformationMessage',
  'showWarningMessage',
  'showErrorMessage',
]);

/** Functions and classes whose arguments are shown to users. */
const functions = new Set(['EngineError', 'attempt']);

/** Declarations whose texts the generator collects: `command({ title })`, `rule({ summary })`. */
const collecting = new Set(['command', 'rule']);

export const noBareString = {
  meta: {
    type: 'problem',
    docs: { description: 'Texts that are shown to users are wrapped in t()' },
    messages: { bare: '{{text}} is shown to users; wrap it in t().' },
    schema: [],
  },
  create(context) {
    const check = (node) => {
      for (const text of bareTexts(node)) {
        context.report({ node, messageId: 'bare', data: { text: JSON.stringify(text) } });
      }
    };
    return {
      Property(node) {
        if (node.computed || !shown.has(nameOf(node.key)) || isCollected(node)) return;
        check(node.value);
      },
      'CallExpression, NewExpression'(node) {
        const { callee } = node;
        const method = callee.type === 'MemberExpression';
        const name = nameOf(method ? callee.property : callee);
        const speaks = method ? methods.has(name) && !isLog(callee) : functions.has(name);
        if (speaks) node.arguments.forEach(check);
      },
    };
  },
};

export default { rules: { 'no-bare-string': noBareString } };

function nameOf(node) {
  return node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : '';
}

/** Log messages, such as `log.warn('…')`, are not translated. */
function isLog(callee) {
  return callee.type === 'MemberExpression' && /log$|console|logger/i.test(nameOf(callee.object));
}

/** A property of such a declaration, or the title of an object with an id, which scripts/generate/manifest.ts collects. */
function isCollected({ parent, key }) {
  const call = parent.parent;
  if (call?.type === 'CallExpression' && collecting.has(nameOf(call.callee))) return true;
  return (
    nameOf(key) === 'title' &&
    parent.properties.some((other) => other.type === 'Property' && nameOf(other.key) === 'id')
  );
}

/** The texts in a literal or template, or in either operand of a conditional or binary expression. */
function bareTexts(node) {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' && isProse(node.value) ? [node.value] : [];
    case 'TemplateLiteral': {
      const text = node.quasis.map(({ value }) => value.cooked ?? '').join('…');
      return isProse(text) ? [text] : [];
    }
    case 'ConditionalExpression':
      return [...bareTexts(node.consequent), ...bareTexts(node.alternate)];
    case 'LogicalExpression':
    case 'BinaryExpression':
      return [...bareTexts(node.left), ...bareTexts(node.right)];
    default:
      return [];
  }
}

/** Two words, or one capitalized word, unless the text ends with a character of code. */
function isProse(text) {
  if (/[=({[]$/.test(text)) return false;
  return /\p{L}{2}[,:;]?\s+[\p{L}…]|…\s+\p{L}{2}|^\p{Lu}\p{Ll}+[.…!?]?$/u.test(text);
}
