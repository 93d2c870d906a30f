-- Coupons and other discounts. What one says is decided when it is made; it is archived, never changed.
create table coupon (
  id uuid primary key,
  code text not null unique,
  name text not null,
  -- Of its amounts; null where it has none.
  currency text,
  terms jsonb not null,
  -- In force for every account, without redemption.
  is_automatic boolean not null,
  -- By code batches alone, not by its own code.
  by_batch boolean not null,
  max_redemptions integer check (max_redemptions > 0),
  max_per_customer integer check (max_per_customer > 0),
  -- Redeemed on these days; where automatic, what falls due on them. The last is not part of it.
  valid_from date,
  valid_until date,
  archived_at timestamptz,
  created_at timestamptz not null
);

-- Codes of batches are shown once; what is kept is their SHA-256.
create table coupon_code (
  code_sha256 bytea primary key,
  coupon_id uuid not null references coupon (id),
  redemption_id uuid
);
create index coupon_code_of_coupon on coupon_code (coupon_id);

-- An account, or all accounts of a customer, or one subscription, has a discount.
create table coupon_redemption (
  id uuid primary key,
  key text not null unique,
  coupon_id uuid not null references coupon (id),
  customer_id uuid not null references customer (id),
  account_id uuid references account (id),
  subscription_id uuid references subscription (id),
  -- What falls due from this day on, until the day before the other; the same day twice is never.
  from_day date not null,
  until_day date check (until_day >= from_day),
  created_at timestamptz not null
);
create index coupon_redemption_of_coupon on coupon_redemption (coupon_id);
create index coupon_redemption_of_account on coupon_redemption (account_id);
create index coupon_redemption_of_customer on coupon_redemption (customer_id);

alter table invoice_line
  -- What lowers the billable of this name: the code of a cap, the id of a redemption or of an automatic coupon.
  add column adjustment text not null default '',
  -- How the amount of a commitment, cap or discount came about.
  add column basis jsonb;
create index invoice_line_of_adjustment on invoice_line (adjustment) where kind = 'discount';

-- Usage that is not billed yet is billed before its period ends when it comes to this much. Minor units.
alter table account
  add column progressive_threshold_minor numeric check (progressive_threshold_minor > 0),
  add column progressive_repeats boolean not null default false;

-- Customers who bring customers: what both sides get, and who brought whom.
create table referral_program (
  code text primary key,
  content jsonb not null,
  updated_at timestamptz not null
);
create table referral (
  id uuid primary key,
  key text not null unique,
  program text not null references referral_program (code),
  referrer_account_id uuid not null references account (id),
  referred_account_id uuid not null references account (id),
  -- What both got, as the program was then.
  content jsonb not null,
  created_at timestamptz not null,
  -- Nobody is brought twice.
  unique (program, referred_account_id)
);
create index referral_of_referrer on referral (referrer_account_id, program);

-- Terms of contract commits whose money can be drawn down.
create table contract_commit (
  id uuid primary key,
  account_id uuid not null references account (id),
  subscription_id uuid not null references subscription (id),
  code text not null,
  term_start date not null,
  term_end date not null,
  amount_minor numeric not null,
  -- Of the lot that was opened.
  origin text not null,
  opened_at timestamptz not null,
  unique (subscription_id, code, term_start)
);
create index contract_commit_of_account on contract_commit (account_id);

-- Money of balances does not settle the document by which it is bought.
alter table invoice add column sells_balance boolean not null default false;
