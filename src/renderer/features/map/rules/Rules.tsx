// The section of the inspector where a table gets its rules: what must hold of each row as the target will have it.

import { useMemo } from 'react';
import type { Finding } from '../../../../shared/model/finding.ts';
import type { TableMapping } from '../../../../shared/model/mapping.ts';
import type { Rule } from '../../../../shared/model/rule.ts';
import { ruleWords } from '../../../../shared/rule-words.ts';
import { columnsInTarget } from '../model/target-names.ts';
import { AddItem } from '../steps/AddItem.tsx';
import { ChainLine } from '../steps/ChainLine.tsx';
import { type Fault, faultOfFinding } from '../steps/faults.ts';
import styles from '../steps/steps.module.css';
import { useChain } from '../steps/use-chain.ts';
import { ruleKit, rulesFor } from './catalogue.ts';

export interface RulesProps {
  readonly table: string;
  readonly mapping: TableMapping;
  /** All of the table. */
  readonly findings: readonly Finding[];
}

export function Rules({ table, mapping, findings }: RulesProps): React.JSX.Element {
  const kit = useMemo(() => ruleKit(table), [table]);
  const chain = useChain(kit, mapping.rules ?? none);
  const columns = useMemo(() => columnsInTarget(mapping), [mapping]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would stand around the fieldsets of the settings
    <div role="group" aria-label="Rules" className={styles.steps}>
      <div className={styles.head}>
        <h3>Rules</h3>
        <span className="quiet">{chain.lines.length === 0 ? 'any row may move' : ''}</span>
        <AddItem
          what="rule"
          groups={groups}
          offersFor={rulesFor}
          onAdd={chain.add}
          onUp={() => chain.focus(chain.lines.length - 1)}
        />
      </div>
      {chain.lines.length > 0 ? (
        <ol className={styles.chain} aria-label="Rules in their order" data-rules>
          {chain.lines.map(({ name, item }, i) => (
            <ChainLine
              // biome-ignore lint/suspicious/noArrayIndexKey: a rule may come twice
              key={`${i} ${name}`}
              chain={chain}
              place={i}
              called={`rule ${i + 1}, ${item ? ruleWords(item) : name}`}
              word={item ? ruleWords(item) : name}
              settings={item?.onBreak ? outcomes[item.onBreak] : ''}
              fault={item ? faultOf(item, findings) : null}
              columns={columns}
            />
          ))}
        </ol>
      ) : null}
    </div>
  );
}

const none: readonly Rule[] = [];
const groups = [''];

const outcomes = { stop: 'stops', quarantine: 'kept aside', warn: 'counted only' } as const;

/** The plan names the rule by its words. */
function faultOf(rule: Rule, findings: readonly Finding[]): Fault | null {
  const found = findings.find(
    (each) => isRuleFault(each) && each.message.startsWith(`The rule ${ruleWords(rule)} of `),
  );
  return found ? faultOfFinding(found) : null;
}

export function isRuleFault({ code }: Finding): boolean {
  return code === 'map.bad-rule';
}
