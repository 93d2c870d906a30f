import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { type Database, inSnapshot, schemaOf } from '../../platform/db.ts'

/**
 * A step is done once in a run, as its policy has it; a run that is over has no block, no call and no account waiting to be handed over; a
 * blocked account owes something; files say what their documents come to. What has happened a moment ago may not have been looked at yet: accounts
 * with an event that dunning has not seen, or with a look that is asked for, are left out of what follows from money.
 */
export async function checkDunning(root: Database): Promise<CheckResult> {
  return inSnapshot(root, async (db) => {
    const table = (name: string) => sql.id(schemaOf(root), name)
    const { rows } = await sql<{ what: string }>`
      select s.run_id || ': ' || s.step_id || ' is no step of its policy' as what from ${table('dunning_step')} s
        join ${table('dunning_run')} r on r.id = s.run_id join ${table('dunning_policy')} p on p.id = r.policy_id
        where p.content -> 'steps' -> (s.position - 1) ->> 'id' is distinct from s.step_id
          or p.content -> 'steps' -> (s.position - 1) ->> 'action' is distinct from s.action or s.account_id <> r.account_id
      union all
      select s.run_id || ': ' || s.step_id || ' is there twice' from ${table('dunning_step')} s group by s.run_id, s.step_id having count(*) > 1
      union all
      select s.run_id || ': ' || s.step_id || ' was done behind a later step' from ${table('dunning_step')} s
        join ${table('dunning_step')} o on o.run_id = s.run_id and o.position < s.position and o.id > s.id
      union all
      select r.id || ': it has not begun with a step' from ${table('dunning_run')} r
        where not exists (select from ${table('dunning_step')} s where s.run_id = r.id)
      union all
      select r.id || ': blocked, and no step has blocked it' from ${table('dunning_run')} r where r.block is not null
        and not exists (select from ${table('dunning_step')} s where s.run_id = r.id and s.state = 'done' and s.action = r.block || '_block')
      union all
      select r.id || ': it is over, and has a block, a call or an account to hand over' from ${table('dunning_run')} r where r.state = 'ended'
        and (r.block is not null
          or exists (select from ${table('service_block')} b where b.key like 'dunning:' || r.id || ':%' and b.lifted_at is null)
          or exists (select from ${table('dunning_call_task')} t where t.run_id = r.id and t.state = 'open')
          or exists (select from ${table('dunning_hand_over_account')} h where h.run_id = r.id and h.state <> 'recalled'))
      union all
      select r.id || ': blocked, and the account owes nothing' from ${table('dunning_run')} r where r.block is not null
        and not exists (select from ${table('invoice')} i where i.account_id = r.account_id and i.kind <> 'credit_note'
          and i.total_minor > coalesce((select sum(x.amount_minor) from ${table('allocation')} x where x.invoice_id = i.id), 0))
        and not exists (select from ${table('job')} j where j.kind = 'dunning_account' and j.key = r.account_id::text and j.state in ('waiting', 'running'))
        and not exists (select from ${table('event')} e where e.account_id = r.account_id
          and (e.seq is null or e.seq > (select seq from ${table('event_subscriber')} where name = 'dunning')))
      union all
      select h.id || ': its documents do not add up' from ${table('dunning_hand_over_account')} h where h.items is not null
        and h.amount_minor <> (select sum((d ->> 'open')::numeric) from jsonb_array_elements(h.items) d)`.execute(db)
    return checkNone(
      'steps of dunning are done once, as policies say; who owes nothing is not blocked by it',
      rows.map(({ what }) => what),
    )
  })
}
