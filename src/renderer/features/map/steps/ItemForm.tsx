// The settings of one step: taken on leaving a field or with Enter, as soon as the step is whole; Escape gives them up.

import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Transform, TransformName } from '../../../../shared/model/transform.ts';
import { sentenceOf } from './catalogue.ts';
import { type Draft, type DraftValue, draftOf, readDraft, sameStep } from './draft.ts';
import { fieldsOf } from './fields.ts';
import { FieldInput } from './inputs/FieldInput.tsx';
import styles from './steps.module.css';

export interface StepFormProps {
  readonly name: TransformName;
  /** null: it is new, and not whole yet. */
  readonly step: Transform | null;
  readonly columns: readonly string[];
  /** What stands in the fields, while somebody types: null when it is no step. */
  readonly onTyped: (step: Transform | null) => void;
  readonly onTake: (step: Transform) => void;
  readonly onClose: () => void;
}

export function StepForm({ name, step, columns, onTyped, onTake, onClose }: StepFormProps): React.JSX.Element {
  const fields = fieldsOf(name);
  const [draft, setDraft] = useState<Draft>(() => (step ? draftOf(step, fields) : {}));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(draft);
  const form = useRef<HTMLDivElement>(null);
  const { wrong } = readDraft(name, fields, draft);

  // Undo and redo change it from outside; lines that are still empty are no difference.
  useEffect(() => {
    const stands = readDraft(name, fields, latest.current).step;
    if (!step || (stands && sameStep(stands, step))) return;
    latest.current = draftOf(step, fields);
    setDraft(latest.current);
  }, [step, name, fields]);
  useEffect(() => {
    if (!step) form.current?.querySelector<HTMLElement>('[data-required] input')?.focus();
  }, [step]);

  function put(field: string, value: DraftValue): void {
    latest.current = { ...latest.current, [field]: value };
    setDraft(latest.current);
    onTyped(readDraft(name, fields, latest.current).step);
  }

  function take(): void {
    const { step: whole } = readDraft(name, fields, latest.current);
    const isTouched = Object.keys(latest.current).length > 0;
    if (whole && isTouched && !(step && sameStep(whole, step))) onTake(whole);
  }

  function leave(event: FocusEvent): void {
    const field = event.target.closest<HTMLElement>('[data-field]')?.dataset.field;
    if (field !== undefined) setLeft((before) => new Set([...before, field]));
    take();
  }

  function press(event: KeyboardEvent): void {
    // An open list takes these keys itself.
    const isOpen = event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true';
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      setLeft(new Set(fields.map((field) => field.name)));
      take();
    } else if (event.key === 'Escape' && !isOpen) {
      onTyped(null);
      onClose();
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields within
    <div ref={form} className={styles.form} onBlur={leave} onKeyDown={press}>
      <p className="quiet">
        {sentenceOf(name)}
        {fields.length === 0 ? ' There is nothing to set.' : ''}
      </p>
      {fields.map((field) => (
        <div
          key={field.name}
          data-field={field.name}
          data-required={field.required || undefined}
          className={styles.formField}
        >
          <FieldInput
            step={name}
            field={field}
            value={draft[field.name]}
            wrong={left.has(field.name) ? (wrong[field.name] ?? null) : null}
            columns={columns}
            onChange={(value) => put(field.name, value)}
            onDone={(value) => {
              put(field.name, value);
              take();
            }}
          />
        </div>
      ))}
    </div>
  );
}
