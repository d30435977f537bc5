// The settings of one step or rule: taken on leaving a field or with Enter, as soon as it is whole; Escape gives them up.

import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type Draft, type DraftValue, draftOf, type Form, readForm, sameThing } from './draft.ts';
import { FieldInput } from './inputs/FieldInput.tsx';
import styles from './steps.module.css';

export interface ItemFormProps<T extends object> {
  readonly form: Form<T>;
  /** null: it is new, and not whole yet. */
  readonly item: T | null;
  /** Those that its fields offer. */
  readonly columns: readonly string[];
  /** What stands in the fields, while somebody types: null when it is not whole. */
  readonly onTyped: (item: T | null) => void;
  readonly onTake: (item: T) => void;
  readonly onClose: () => void;
}

export function ItemForm<T extends object>({ form: made, item, columns, onTyped, onTake, onClose }: ItemFormProps<T>) {
  const { name, about, fields } = made;
  const [draft, setDraft] = useState<Draft>(() => (item ? draftOf(item, fields) : {}));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(draft);
  const form = useRef<HTMLDivElement>(null);
  const { wrong } = readForm(made, draft);

  // Undo and redo change it from outside; lines that are still empty are no difference.
  useEffect(() => {
    const stands = readForm(made, latest.current).value;
    if (!item || (stands && sameThing(stands, item))) return;
    latest.current = draftOf(item, made.fields);
    setDraft(latest.current);
  }, [item, made]);
  useEffect(() => {
    if (!item) form.current?.querySelector<HTMLElement>('[data-required] input')?.focus();
  }, [item]);

  function put(field: string, value: DraftValue): void {
    latest.current = { ...latest.current, [field]: value };
    setDraft(latest.current);
    onTyped(readForm(made, latest.current).value);
  }

  function take(): void {
    const { value: whole } = readForm(made, latest.current);
    const isTouched = Object.keys(latest.current).length > 0;
    if (whole && isTouched && !(item && sameThing(whole, item))) onTake(whole);
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
        {about}
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
            siblings={draft}
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
