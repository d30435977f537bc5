// Edits of rules: those of a table, and those in SQL of the project, each one change that can be undone.

import type { Project } from '../../../../shared/model/mapping.ts';
import type { Rule, SqlRule } from '../../../../shared/model/rule.ts';
import { ruleWords } from '../../../../shared/rule-words.ts';
import { type Edit, onTable, set } from '../model/edits.ts';
import { moved } from '../steps/edits.ts';

export function addRule(table: string, rule: Rule): Edit {
  return onRules(`Add to ${table} the rule ${ruleWords(rule)}`, table, (rules) => [...rules, rule]);
}

export function changeRule(table: string, place: number, rule: Rule): Edit {
  return onRules(`Change a rule of ${table} to ${ruleWords(rule)}`, table, (rules) =>
    place >= rules.length || JSON.stringify(rules[place]) === JSON.stringify(rule) ? rules : rules.with(place, rule),
  );
}

export function removeRule(table: string, rule: Rule, place: number): Edit {
  return onRules(`Remove from ${table} the rule ${ruleWords(rule)}`, table, (rules) => rules.toSpliced(place, 1));
}

export function moveRule(table: string, rule: Rule, from: number, to: number): Edit {
  return onRules(`Move in ${table} the rule ${ruleWords(rule)}`, table, (rules) => moved(rules, from, to));
}

export function addSqlRule(rule: SqlRule): Edit {
  return onSqlRules(`Add the rule ${rule.name}`, (rules) => [...rules, rule]);
}

export function changeSqlRule(place: number, rule: SqlRule): Edit {
  return onSqlRules(`Change the rule ${rule.name}`, (rules) =>
    place >= rules.length || JSON.stringify(rules[place]) === JSON.stringify(rule) ? rules : rules.with(place, rule),
  );
}

export function removeSqlRule(place: number, { name }: SqlRule): Edit {
  return onSqlRules(`Remove the rule ${name}`, (rules) => rules.toSpliced(place, 1));
}

function onRules(what: string, table: string, change: (rules: readonly Rule[]) => readonly Rule[]): Edit {
  return onTable(what, table, (mapping) => {
    const before = mapping.rules ?? [];
    const after = change(before);
    return after === before ? mapping : set(mapping, { rules: after.length === 0 ? undefined : [...after] });
  });
}

function onSqlRules(what: string, change: (rules: readonly SqlRule[]) => readonly SqlRule[]): Edit {
  return {
    what,
    edit: (project: Project) => {
      const before = project.rules ?? [];
      const after = change(before);
      return after === before ? project : set(project, { rules: after.length === 0 ? undefined : [...after] });
    },
  };
}
