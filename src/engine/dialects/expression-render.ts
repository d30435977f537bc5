// Writes a tree of the shared part of SQL in one family's words.

import type { ExpressionSyntax, Rename } from './expression-syntax.ts';
import type { Expression } from './expression-tree.ts';

/** Null when a column or a function of the tree does not exist in the target. */
export function renderExpression(tree: Expression, syntax: ExpressionSyntax, rename: Rename): string | null {
  const missing = { any: false };

  function write(node: Expression): string {
    switch (node.kind) {
      case 'column': {
        const name = rename(node.name);
        if (name === null || name === undefined) missing.any = true;
        return syntax.quote(name ?? '');
      }
      case 'string':
        return literal(node.value, syntax);
      case 'number':
        return node.text;
      case 'boolean':
        return syntax.booleans === 'true/false' ? (node.value ? 'TRUE' : 'FALSE') : node.value ? '1' : '0';
      case 'null':
        return 'NULL';
      case 'now':
        return 'CURRENT_TIMESTAMP';
      case 'today':
        return 'CURRENT_DATE';
      case 'not':
        return `NOT ${inner(node.of)}`;
      case 'minus':
        return `-${inner(node.of)}`;
      case 'binary':
        return `${inner(node.left)} ${node.operator} ${inner(node.right)}`;
      case 'concat':
        return concat(node.parts);
      case 'in':
        return `${inner(node.of)} ${not(node.not)}IN (${node.list.map(write).join(', ')})`;
      case 'between':
        return `${inner(node.of)} ${not(node.not)}BETWEEN ${inner(node.low)} AND ${inner(node.high)}`;
      case 'is':
        return `${inner(node.of)} IS ${not(node.not)}${node.what.toUpperCase()}`;
      case 'like':
        return `${inner(node.of)} ${not(node.not)}LIKE ${literal(node.pattern, syntax)}`;
      case 'case':
        return choice(node);
      case 'call': {
        const name = syntax.functions[node.portable];
        if (name === undefined) missing.any = true;
        return `${name ?? ''}(${node.parts.map(write).join(', ')})`;
      }
    }
  }

  /** In brackets wherever an operator inside could be read another way. */
  function inner(node: Expression): string {
    const text = write(node);
    return COMPOUND.has(node.kind) ? `(${text})` : text;
  }

  function concat(parts: readonly Expression[]): string {
    const flat = parts.flatMap(flatten);
    return syntax.concat === '||' ? flat.map(inner).join(' || ') : `concat(${flat.map(write).join(', ')})`;
  }

  function choice(node: Extract<Expression, { kind: 'case' }>): string {
    const subject = node.subject ? ` ${inner(node.subject)}` : '';
    const branches = node.branches.map(([when, then]) => ` WHEN ${write(when)} THEN ${write(then)}`).join('');
    return `CASE${subject}${branches}${node.otherwise ? ` ELSE ${write(node.otherwise)}` : ''} END`;
  }

  const sql = write(tree);
  return missing.any ? null : sql;
}

const COMPOUND: ReadonlySet<Expression['kind']> = new Set([
  'not',
  'minus',
  'binary',
  'concat',
  'in',
  'between',
  'is',
  'like',
  'case',
]);

function flatten(part: Expression): Expression[] {
  return part.kind === 'concat' ? part.parts.flatMap(flatten) : [part];
}

function not(negated: boolean): string {
  return negated ? 'NOT ' : '';
}

function literal(value: string, syntax: ExpressionSyntax): string {
  const escaped = value.replaceAll("'", "''");
  return `'${syntax.backslashEscapes ? escaped.replaceAll('\\', '\\\\') : escaped}'`;
}
