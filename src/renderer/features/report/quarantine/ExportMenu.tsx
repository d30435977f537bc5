// Every row in quarantine as a file, with its values.

import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import {
  exportQuarantine,
  type QuarantineFormat,
  quarantineFormats,
  quarantineMediaTypes,
} from '../../../../shared/quarantine-export.ts';
import { engine } from '../../../client/engine.ts';
import { download } from '../../../client/shell.ts';
import { fileNamed } from '../words.ts';

export interface ExportMenuProps {
  readonly report: ReportOverview;
  /** null: all. */
  readonly table: string | null;
  readonly onError: (thrown: unknown) => void;
}

const labels: Readonly<Record<QuarantineFormat, string>> = {
  csv: 'CSV, one line for each row, values included',
  json: 'JSON, for programs, values included',
};

export function ExportMenu({ report, table, onError }: ExportMenuProps): React.JSX.Element {
  async function save(format: QuarantineFormat): Promise<void> {
    onError(null);
    let text = '';
    const { run } = report;
    const pieces = exportQuarantine(format, (place) =>
      engine.call('run.quarantine', { run, table, sort: [], ...place }),
    );
    for await (const piece of pieces) text += piece;
    const name = [report.project, 'quarantine', run, table].filter((word) => word !== null).join(' ');
    download(`${fileNamed(name)}.${format}`, text, quarantineMediaTypes[format]);
  }

  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          Export rows
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {quarantineFormats.map((format) => (
          <Menu.Item key={format} onClick={() => void save(format).catch(onError)}>
            {labels[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
