// The chains that are measured: ten steps a row, in one column and over five.

import type { Transform } from '../../src/shared/model/transform.ts';

export interface Chains {
  readonly what: string;
  /** By column; the target's type where it is not the source's. */
  readonly columns: Readonly<Record<string, { readonly type?: string; readonly steps: readonly Transform[] }>>;
}

export const unchanged: Chains = { what: 'no steps, to know what reading costs', columns: {} };

const name: readonly Transform[] = [
  { do: 'collapse spaces' },
  { do: 'strip', pattern: '[^\\p{L}\\p{Nd} .-]' },
  { do: 'title' },
  { do: 'null if', values: [''] },
  { do: 'default', value: 'Unknown Customer' },
];

export const oneColumn: Chains = {
  what: 'ten steps on customer_name',
  columns: {
    customer_name: {
      steps: [
        { do: 'strip nul' },
        { do: 'trim' },
        { do: 'replace', find: '&', with: ' ' },
        { do: 'lower' },
        ...name,
        { do: 'substring', start: 0, length: 100 },
      ],
    },
  },
};

export const fiveColumns: Chains = {
  what: 'ten steps over five columns',
  columns: {
    customer_name: { steps: name },
    email_address: { steps: [{ do: 'email' }] },
    phone_number: { steps: [{ do: 'phone', country: 'US', format: 'us' }] },
    status_code: {
      steps: [
        {
          do: 'map values',
          values: {
            1: 'active',
            A: 'active',
            2: 'inactive',
            I: 'inactive',
            3: 'suspended',
            S: 'suspended',
            4: 'pending',
            P: 'pending',
          },
          otherwise: { value: 'active' },
        },
      ],
    },
    created_date: {
      type: 'DATETIME',
      steps: [
        { do: 'null if', values: ['', 'unknown'] },
        {
          do: 'date',
          formats: ['%Y-%m-%d %H:%M:%S', '%Y-%m-%d', '%m/%d/%Y %H:%M:%S', '%d/%m/%Y', '%Y%m%d'],
        },
      ],
    },
  },
};
