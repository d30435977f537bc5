// One of some words, or a text of one's own.

import { Select } from '@mantine/core';
import type { EitherDraft } from '../draft.ts';
import type { EitherField } from '../fields.ts';
import { choiceLabel, labelOf } from '../labels.ts';
import type { FieldProps } from './field-props.ts';
import { Words } from './Words.tsx';

export function EitherInput({ step, field, value, wrong, onChange, onDone }: FieldProps<EitherField>) {
  const { word, text } = (value as EitherDraft | undefined) ?? { word: null, text: '' };
  const words = field.words.map((each) => ({ value: each, label: choiceLabel(field.name, each) }));
  const label = labelOf(step, field.name);
  return (
    <>
      <Select
        label={label}
        error={wrong}
        data={[...words, { value: 'own', label: choiceLabel(field.name, field.own) }]}
        // Absent, the first holds.
        value={word ?? field.words[0] ?? null}
        onChange={(next) => onDone({ word: next === field.words[0] ? null : next, text })}
        allowDeselect={false}
      />
      {word === 'own' ? (
        <Words
          aria-label={`${label}: value`}
          placeholder="empty text"
          value={text}
          onChange={(next) => onChange({ word, text: next })}
        />
      ) : null}
    </>
  );
}
