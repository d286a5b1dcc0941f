import type { Rule } from 'eslint';

export const noBareString: Rule.RuleModule;
