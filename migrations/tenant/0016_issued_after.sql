-- A discount works on documents that are issued after it was redeemed, or, where automatic, was made.
alter table coupon
  -- What lines of documents come before by their ids is not discounted; null where it is: made before this rule.
  add column issued_after uuid;
alter table coupon_redemption
  add column issued_after uuid,
  -- What falls due before is not discounted; null where nobody asked for a day.
  add column due_from date;
update coupon_redemption set due_from = from_day;
