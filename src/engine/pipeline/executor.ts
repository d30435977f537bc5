// The executor: a pool of worker threads that carry out work orders, each with its own connections.

import { DroverError } from '../../shared/errors.ts';
import { giveMember, type Member, takeMember } from './member.ts';
import type { Endpoints, OrderListener } from './messages.ts';
import type { ResultOf, Side, WorkOrder } from './order.ts';

export interface Executor {
  /** Opens every worker's reader of the source, so that all have joined the snapshot when it resolves. */
  open(endpoints: Endpoints): Promise<void>;
  /** Waits for a free worker. Rejects with DroverError. */
  run<O extends WorkOrder>(order: O, listener?: OrderListener): Promise<ResultOf<O>>;
  /** Closes the connections of one side, so that they hold no lock. */
  release(side: Side): Promise<void>;
  /** Holds every worker between two batches and before its next order, or lets them go on. */
  hold(held: boolean): void;
  /** Lets so many of the workers that have an order go on, those that began first; at least one. */
  allow(workers: number): void;
  /** Running orders fail with `run.cancelled`, held ones too; waiting ones never start. */
  cancel(): void;
  close(): Promise<void>;
}

export function createExecutor(workerUrl: URL, size: number): Executor {
  const members = Array.from({ length: size }, () => takeMember(workerUrl));
  const idle = [...members];
  const waiting: ((member: Member) => void)[] = [];
  /** In the order they began. */
  const busy: Member[] = [];
  let held = false;
  let allowed = size;
  let cancelled = false;

  /** An idle worker's gate stays open: it is counted once it has an order. */
  function setGates(): void {
    for (const member of idle) member.gate.closed = false;
    for (const [place, member] of busy.entries()) member.gate.closed = held || place >= allowed;
  }

  async function take(): Promise<Member> {
    const free = idle.shift();
    return free ?? new Promise((resolve) => waiting.push(resolve));
  }

  function give(member: Member): void {
    const next = waiting.shift();
    if (next) next(member);
    else idle.unshift(member);
  }

  return {
    async open(endpoints) {
      await Promise.all(members.map((member) => member.ask({ kind: 'open', endpoints })));
    },
    async run<O extends WorkOrder>(order: O, listener: OrderListener = {}) {
      const member = await take();
      try {
        if (cancelled) throw new DroverError('run.cancelled', 'The run was cancelled.');
        busy.push(member);
        setGates();
        return (await member.ask({ kind: 'order', order }, listener)) as ResultOf<O>;
      } finally {
        if (busy.includes(member)) busy.splice(busy.indexOf(member), 1);
        give(member);
        setGates();
      }
    },
    hold(wished) {
      held = wished;
      setGates();
    },
    allow(workers) {
      allowed = Math.max(1, workers);
      setGates();
    },
    async release(side) {
      await Promise.all(members.map((member) => member.ask({ kind: 'release', side })));
    },
    cancel() {
      cancelled = true;
      for (const member of members) member.cancel();
    },
    async close() {
      await Promise.all(members.map(giveMember));
    },
  };
}
