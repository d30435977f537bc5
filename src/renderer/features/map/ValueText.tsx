// A value of a row as text: NULL, the empty text and blanks at the ends can be told apart.

import classes from './map.module.css';

export function ValueText({ text }: { readonly text: string | null }): React.JSX.Element {
  if (text === null) return <span className={classes.null}>NULL</span>;
  if (text === '') return <span className={classes.null}>empty text</span>;
  const [, before = '', within = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text)!;
  return (
    <>
      {before === '' ? null : <span className={classes.blanks}>{before}</span>}
      {within}
      {after === '' ? null : <span className={classes.blanks}>{after}</span>}
    </>
  );
}
