// The checks as they stand now: from the plan, the mapping, and what both sides have answered.

import { useMemo } from 'react';
import { useFrom } from '../../../client/use-from.ts';
import { type Check, checksOf } from '../model/checks.ts';
import { usePrepared } from '../prepared.ts';
import { runView } from '../run-view.ts';

export function useChecks(): readonly Check[] {
  const asked = useFrom(runView, (state) => state.asked);
  const { plan, current } = usePrepared();
  return useMemo(() => checksOf({ ...asked, plan, current }), [plan, current, asked]);
}
