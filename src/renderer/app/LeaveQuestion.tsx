// Another migration is to be opened while the last change of this one stands in no file. The focus is on staying.

import { Button, Modal } from '@mantine/core';
import { leaving } from '../client/stores/leaving.ts';
import { projectStore, type Saving, saveOver } from '../client/stores/project.ts';
import { useFrom } from '../client/use-from.ts';
import classes from './app.module.css';

export function LeaveQuestion(): React.JSX.Element {
  const answer = useFrom(leaving, (state) => state.answer);
  const name = useFrom(projectStore, ({ project }) => project?.name ?? '');
  const saving = useFrom(projectStore, (state) => state.saving);
  const elsewhere = saving.state === 'elsewhere';

  async function saveAndLeave(): Promise<void> {
    await saveOver();
    answer?.(projectStore.getState().saving.state === 'saved');
  }

  return (
    <Modal
      opened={answer !== null}
      onClose={() => answer?.(false)}
      title={`Leave ${name} with a change that is not saved?`}
      size={520}
    >
      <p className={classes.question}>
        {reasonOf(saving)} {elsewhere ? 'To take the file’s, or to save as another file, stay here.' : ''}
      </p>
      <div className={classes.answers}>
        <Button variant="default" data-autofocus onClick={() => answer?.(false)}>
          Stay here
        </Button>
        {elsewhere ? (
          <Button
            variant="default"
            title="What was changed in the file elsewhere is lost"
            onClick={() => void saveAndLeave()}
          >
            Save over it and leave
          </Button>
        ) : null}
        <Button color="red" onClick={() => answer?.(true)}>
          Leave, and lose the change
        </Button>
      </div>
    </Modal>
  );
}

function reasonOf(saving: Saving): string {
  switch (saving.state) {
    case 'elsewhere':
      return 'Its file was changed elsewhere meanwhile, and what you changed here is not in it.';
    case 'failed':
      return `It could not be written: ${saving.error.message}`;
    case 'saved':
    case 'changed':
    case 'saving':
      return '';
  }
}
