// Rules in SQL for the databases as a whole: what a SELECT finds breaks them.

import { Button, Modal, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type FocusEvent, useEffect, useRef, useState } from 'react';
import type { Side } from '../../../../shared/contract.ts';
import type { Family } from '../../../../shared/model/connection.ts';
import { type SqlRule, sqlRule } from '../../../../shared/model/rule.ts';
import { catalogs } from '../../../client/stores/catalogs.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { useFrom } from '../../../client/use-from.ts';
import { CodeView } from '../../../ui/code/CodeView.tsx';
import classes from '../map.module.css';
import { doEdit } from '../mapping.ts';
import { addSqlRule, changeSqlRule, removeSqlRule } from './edits.ts';
import styles from './rules.module.css';

const none: readonly SqlRule[] = [];

export function SqlRules(): React.JSX.Element {
  const rules = useFrom(projectStore, ({ project }) => project?.rules ?? none);
  const [opened, setOpened] = useState(false);
  /** One that is not whole yet. */
  const [fresh, setFresh] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        Rules: {rules.length === 0 ? 'none' : rules.length}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="Rules of the databases as a whole" size={720}>
        <div className={classes.dialog}>
          <p className="quiet">
            Each is a SELECT of what must not be there: one row is enough to break it. Rules of a single table stand in
            the inspector.
          </p>
          {rules.map((rule, i) => (
            <OneRule
              // biome-ignore lint/suspicious/noArrayIndexKey: rules may have one name
              key={i}
              rule={rule}
              place={i}
              onTake={(next) => doEdit(changeSqlRule(i, next))}
              onRemove={() => doEdit(removeSqlRule(i, rule))}
            />
          ))}
          {fresh ? (
            <OneRule
              key={`new ${rules.length}`}
              rule={null}
              place={rules.length}
              onTake={(rule) => {
                setFresh(false);
                doEdit(addSqlRule(rule));
              }}
              onRemove={() => setFresh(false)}
            />
          ) : (
            <Button
              variant="default"
              className={classes.remove}
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => setFresh(true)}
            >
              Add a rule
            </Button>
          )}
        </div>
      </Modal>
    </>
  );
}

interface OneRuleProps {
  /** null: it is new. */
  readonly rule: SqlRule | null;
  readonly place: number;
  readonly onTake: (rule: SqlRule) => void;
  readonly onRemove: () => void;
}

const blank: SqlRule = { name: '', on: 'target', query: '' };

/** Taken on leaving it, as soon as it is whole; also when that closes the dialog. */
function OneRule({ rule, place, onTake, onRemove }: OneRuleProps): React.JSX.Element {
  const [draft, setDraft] = useState<SqlRule>(rule ?? blank);
  const [left, setLeft] = useState(false);
  const latest = useRef(draft);
  latest.current = draft;
  /** A new one goes as soon as it is taken, and is not taken again on its way. */
  const taken = useRef<SqlRule | null>(null);
  // Undo and redo change it from outside.
  useEffect(() => {
    if (rule) setDraft(rule);
  }, [rule]);
  const families = useFamilies();
  const number = place + 1;

  function put(more: Partial<SqlRule>): SqlRule {
    latest.current = { ...latest.current, ...more };
    setDraft(latest.current);
    return latest.current;
  }

  function take(): void {
    const whole = sqlRule.safeParse(latest.current);
    if (!whole.success || JSON.stringify(whole.data) === JSON.stringify(rule ?? taken.current)) return;
    taken.current = whole.data;
    onTake(whole.data);
  }

  const takeLast = useRef(take);
  takeLast.current = take;
  useEffect(() => () => takeLast.current(), []);

  function remove(): void {
    // What is removed is not taken any more.
    latest.current = rule ?? blank;
    onRemove();
  }

  function leave(event: FocusEvent<HTMLElement>): void {
    if (event.currentTarget.contains(event.relatedTarget) && !rule) return;
    setLeft(true);
    take();
  }

  return (
    <section className={styles.rule} aria-label={`Rule ${number}`} onBlur={leave}>
      <div className={styles.head}>
        <TextInput
          label="What must hold"
          placeholder="all orders have customers"
          className={classes.grow}
          data-autofocus={rule ? undefined : true}
          value={draft.name}
          error={left && draft.name === '' ? 'A name is needed.' : null}
          onChange={(event) => put({ name: event.currentTarget.value })}
        />
        <Select
          label="Asked of"
          data={[
            { value: 'source', label: 'the source, with the plan' },
            { value: 'target', label: 'the target, before it is published' },
          ]}
          value={draft.on}
          onChange={(on) => {
            put({ on: on === 'source' ? 'source' : 'target' });
            if (rule) take();
          }}
          allowDeselect={false}
          className={styles.on}
        />
        <Select
          label="When broken"
          data={[
            { value: 'stop', label: 'stop' },
            { value: 'warn', label: 'warn' },
          ]}
          value={draft.onBreak ?? 'stop'}
          onChange={(value) => {
            const { onBreak: _, ...rest } = latest.current;
            latest.current = value === 'warn' ? { ...rest, onBreak: 'warn' } : rest;
            setDraft(latest.current);
            if (rule) take();
          }}
          allowDeselect={false}
          className={styles.broken}
        />
      </div>
      <div className={classes.label}>SELECT of what breaks it</div>
      <div className={styles.query}>
        <CodeView
          label={`SELECT of rule ${number}`}
          text={draft.query}
          family={families[draft.on]}
          lines={false}
          onChange={(query) => put({ query })}
        />
      </div>
      <div className={styles.foot}>
        <span className={`quiet ${classes.hint}`}>
          {left && draft.query === '' ? 'A SELECT is needed for the rule to be kept.' : ''}
        </span>
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={rule ? `Remove the rule ${rule.name}` : undefined}
          leftSection={<IconX size={12} aria-hidden />}
          onClick={remove}
        >
          {rule ? 'Remove' : 'Give it up'}
        </Button>
      </div>
    </section>
  );
}

function useFamilies(): Readonly<Record<Side, Family>> {
  const source = useFrom(catalogs, (state) => state.source);
  const target = useFrom(catalogs, (state) => state.target);
  return {
    source: source.state === 'ready' ? source.overview.server.family : 'sqlite',
    target: target.state === 'ready' ? target.overview.server.family : 'sqlite',
  };
}
