// Values of rows are masked until a person wants to see them; the choice holds for the whole report.

import { Button } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useFrom } from '../../../client/use-from.ts';
import { reporting } from '../report-store.ts';

export function ShowValues(): React.JSX.Element {
  const shown = useFrom(reporting, (state) => state.valuesShown);
  return (
    <Button
      variant="default"
      leftSection={shown ? <IconEyeOff size={14} aria-hidden /> : <IconEye size={14} aria-hidden />}
      onClick={() => reporting.setState({ valuesShown: !shown })}
    >
      {shown ? 'Hide values' : 'Show values'}
    </Button>
  );
}
