// What can be done with a plan: take it away, make it again, go on to the run.

import { Button, Menu, Tooltip } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { many } from '../../../shared/format.ts';
import { go } from '../../client/stores/navigation.ts';
import { countBySeverity, makePlan, type PlanState } from '../../client/stores/plan.ts';
import { downloadJson, downloadSql } from './exports.ts';

export interface PlanActionsProps {
  readonly state: PlanState;
  /** Whether the plan is of the mapping as it is now. */
  readonly current: boolean;
}

export function PlanActions({ state, current }: PlanActionsProps): React.JSX.Element {
  const { plan, planning } = state;
  const reason = reasonToWait(state, current);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" disabled={!plan}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => plan && downloadSql(plan)}>SQL, in the order of the run</Menu.Item>
          <Menu.Item onClick={() => plan && downloadJson(plan)}>The plan as JSON</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" loading={planning} onClick={() => void makePlan(true)}>
        Plan again
      </Button>
      <Tooltip label={reason} disabled={reason === null}>
        <Button
          {...(reason === null ? {} : { 'data-disabled': true })}
          aria-disabled={reason !== null}
          rightSection={<IconArrowRight size={14} aria-hidden />}
          {...(reason === null ? {} : { 'aria-description': reason })}
          onClick={() => reason === null && go({ at: 'run' })}
        >
          Run
        </Button>
      </Tooltip>
    </>
  );
}

function reasonToWait({ plan, planning, error }: PlanState, current: boolean): string | null {
  if (planning) return 'The plan is being made.';
  if (error) return 'There is no plan: see what stands in its way.';
  if (!plan || !current) return 'The plan is older than the mapping.';
  const { blocker } = countBySeverity(plan.findings);
  return blocker > 0 ? `${many(blocker, 'blocker')} must be mended first.` : null;
}
