// Whatever was thrown, as the data that screens show.

import { DroverError, type DroverErrorData } from '../../shared/errors.ts';

export function failureOf(thrown: unknown): DroverErrorData {
  if (thrown instanceof DroverError) return thrown.data;
  return new DroverError('support.internal', 'Something failed that Drover did not foresee.', {
    cause: thrown instanceof Error ? thrown.message : String(thrown),
  }).data;
}
