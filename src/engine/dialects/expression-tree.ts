// The tree of an expression within the small SQL that all families share.

export type Expression =
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'now' }
  | { readonly kind: 'today' }
  | { readonly kind: 'not' | 'minus'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'concat'; readonly parts: readonly Expression[] }
  | { readonly kind: 'in'; readonly not: boolean; readonly of: Expression; readonly list: readonly Expression[] }
  | {
      readonly kind: 'between';
      readonly not: boolean;
      readonly of: Expression;
      readonly low: Expression;
      readonly high: Expression;
    }
  | { readonly kind: 'is'; readonly not: boolean; readonly of: Expression; readonly what: 'null' | 'true' | 'false' }
  | { readonly kind: 'like'; readonly not: boolean; readonly of: Expression; readonly pattern: string }
  | {
      readonly kind: 'case';
      readonly subject: Expression | null;
      readonly branches: readonly (readonly [Expression, Expression])[];
      readonly otherwise: Expression | null;
    }
  | { readonly kind: 'call'; readonly portable: string; readonly parts: readonly Expression[] };
