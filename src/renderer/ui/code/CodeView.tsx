// SQL with its words told apart: to read and copy, or to edit.

import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { MySQL, PostgreSQL, SQLite, sql } from '@codemirror/lang-sql';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { Family } from '../../../shared/model/connection.ts';
import classes from './code.module.css';

export interface CodeViewProps {
  readonly label: string;
  readonly text: string;
  readonly family: Family;
  /** Absent: to read only. */
  readonly onChange?: (text: string) => void;
  readonly lines?: boolean;
}

const dialects = { postgres: PostgreSQL, mysql: MySQL, sqlite: SQLite } as const;

export function CodeView({ label, text, family, onChange, lines = true }: CodeViewProps): React.JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const tell = useRef(onChange);
  tell.current = onChange;
  const editable = onChange !== undefined;

  // The editor is made once for a family; its text follows below, so that typing keeps its place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const made = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: text,
        extensions: [
          sql({ dialect: dialects[family] }),
          syntaxHighlighting(highlighting),
          look,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorState.readOnly.of(!editable),
          EditorView.editable.of(editable),
          ...(lines ? [lineNumbers()] : []),
          ...(editable ? [written, history(), keymap.of([...defaultKeymap, ...historyKeymap])] : []),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) tell.current?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, [family, label, editable, lines]);

  useEffect(() => {
    const current = view.current;
    if (current && current.state.doc.toString() !== text) {
      current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: text } });
    }
  }, [text]);

  return <div ref={place} className={classes.place} data-written={editable || undefined} data-selectable />;
}

const highlighting = HighlightStyle.define([
  // NULL and TRUE are words of the language as well: NOT NULL is of one colour.
  { tag: [tags.keyword, tags.operatorKeyword, tags.null, tags.bool], color: 'var(--accent)' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--note)' },
  { tag: [tags.string, tags.number], color: 'var(--text)', fontWeight: '500' },
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
]);

const look = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'var(--panel)', fontSize: '12.5px', height: '100%' },
  '.cm-content': { fontFamily: 'var(--mantine-font-family-monospace)', caretColor: 'var(--accent)' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--quiet)', border: 'none' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { backgroundColor: 'var(--selected) !important' },
});

/** What is written in scrolls with its frame, which shows the focus: a part that scrolls by itself would have to take it. */
const written = EditorView.theme({
  '&': { height: 'auto', minHeight: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { overflow: 'visible' },
});
