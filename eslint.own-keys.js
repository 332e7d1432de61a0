/**
 * A name from outside is no key of a plain object: `record[name]` finds what every object inherits, such as `toString`,
 * and writes to it. Read with `own`, collect in a `Map`, and make the record at the edge with `Object.fromEntries`.
 */
import { ESLintUtils } from '@typescript-eslint/utils';
import ts from 'typescript';

const isAnyString = (type) =>
  type.isUnion() ? type.types.some(isAnyString) : (type.flags & (ts.TypeFlags.String | ts.TypeFlags.Any)) !== 0;

export const ownKeys = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { outside: 'Any string may be this key. Read it with own(), or keep what has such keys in a Map.' },
  },
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    const checker = services.program.getTypeChecker();
    return {
      MemberExpression(node) {
        if (!node.computed || node.property.type === 'Literal') return;
        const record = checker.getNonNullableType(services.getTypeAtLocation(node.object));
        if (checker.isArrayLikeType(record) || !checker.getIndexInfoOfType(record, ts.IndexKind.String)) return;
        if (isAnyString(services.getTypeAtLocation(node.property))) context.report({ node, messageId: 'outside' });
      },
    };
  },
};
