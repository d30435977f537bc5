// Projects opened here before, newest first; those whose file is gone say so and can be forgotten.

import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { RecentProject } from '../../../shared/model/desk.ts';
import { deskStore, forgetProject } from '../../client/stores/desk.ts';
import { useFrom } from '../../client/use-from.ts';
import { exactly, when } from '../../ui/format/moment.ts';
import { StateMark } from '../../ui/state/StateMark.tsx';
import classes from './home.module.css';
import { open, opening } from './opening.ts';
import { Route } from './Route.tsx';

const nothing: readonly RecentProject[] = [];

export function RecentProjects(): React.JSX.Element {
  const isRead = useFrom(deskStore, ({ desk }) => desk !== null);
  const recent = useFrom(deskStore, ({ desk }) => desk?.recent ?? nothing);
  return (
    <section className={classes.section} aria-label="Recent projects">
      <h2>Recent projects</h2>
      {recent.length === 0 ? (
        <p className="quiet">
          {isRead
            ? 'Projects you begin or open are listed here. The sample is one: a shop made on this machine, to try everything on.'
            : ''}
        </p>
      ) : (
        <table className={classes.table}>
          <colgroup>
            <col style={{ width: '18%' }} />
            <col style={{ width: '42%' }} />
            <col style={{ width: 120 }} />
            <col />
            <col style={{ width: 40 }} />
          </colgroup>
          <thead>
            <tr>
              <th>Project</th>
              <th>Source → target</th>
              <th>Opened</th>
              <th>File</th>
              <th>
                <span className={classes.heard}>Forget</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {recent.map((project) => (
              <Row key={project.path} project={project} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ project }: { readonly project: RecentProject }): React.JSX.Element {
  const { path, name, source, target, openedAt, exists } = project;
  const busy = useFrom(opening, ({ doing }) => doing !== null);
  return (
    <tr className={exists ? classes.live : undefined}>
      <td className="ellipsis">
        {exists ? (
          <button type="button" className={classes.open} title={name} disabled={busy} onClick={() => void open(path)}>
            {name}
          </button>
        ) : (
          <span className="quiet">{name}</span>
        )}
      </td>
      <td>
        <Route source={source} target={target} />
      </td>
      <td title={exactly(openedAt)}>{when(openedAt)}</td>
      <td title={path}>
        <div className={classes.file}>
          {exists ? null : <StateMark mark="warned">Gone</StateMark>}
          <span className={`mono quiet ${classes.path}`}>
            <bdi>{path}</bdi>
          </span>
        </div>
      </td>
      <td className={classes.tool}>
        <ActionIcon
          size="sm"
          aria-label={`Forget ${name}`}
          title="Forget; the file stays"
          onClick={() => void forgetProject(path)}
        >
          <IconX size={14} />
        </ActionIcon>
      </td>
    </tr>
  );
}
