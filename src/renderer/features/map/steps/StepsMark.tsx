// The sign of a column whose values go through steps.

import { IconTransform } from '@tabler/icons-react';
import type { Transform } from '../../../../shared/model/transform.ts';
import classes from '../map.module.css';
import styles from './steps.module.css';
import { chainOf } from './words.ts';

export function StepsMark({ steps }: { readonly steps: readonly Transform[] | undefined }): React.JSX.Element | null {
  if (!steps || steps.length === 0) return null;
  const words = chainOf(steps);
  return (
    <span className={styles.mark} title={words}>
      <IconTransform size={14} stroke={1.75} aria-hidden />
      <span className={classes.heard}>{words}</span>
    </span>
  );
}
