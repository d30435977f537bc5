// What can be done with the mapping as it stands: check its values against the source, and plan.

import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { go } from '../../../client/stores/navigation.ts';
import { makePlan, planStore } from '../../../client/stores/plan.ts';
import { useFrom } from '../../../client/use-from.ts';

export function NextStep(): React.JSX.Element {
  const planning = useFrom(planStore, (state) => state.planning);
  return (
    <>
      <Button variant="default" disabled={planning} onClick={() => void makePlan(true)}>
        Check values
      </Button>
      <Button onClick={() => go({ at: 'plan' })} rightSection={<IconArrowRight size={14} aria-hidden />}>
        Plan
      </Button>
    </>
  );
}
