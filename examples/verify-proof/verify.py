#!/usr/bin/env python3
"""Checks a Kvit proof with nothing but Python's standard library: verify.py FILE [SEQ:DIGEST].

It follows docs/PROOFS.md and shares no code with Kvit. Exit code 1 means that a step failed.
"""
import hashlib, json, sys
from fractions import Fraction

def sha(data): return hashlib.sha256(data).digest()
def text_hash(text): return sha(text.encode()).hex()
def leaf(text): return sha(b"\0" + text.encode())
def digits(text): return len(text.partition(".")[2])
def rounded(value, places):
    scaled = abs(value) * 10**places + Fraction(1, 2)
    return Fraction((-1 if value < 0 else 1) * (scaled.numerator // scaled.denominator), 10**places)

def root(hashes):
    if len(hashes) < 2: return hashes[0] if hashes else sha(b"")
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return sha(b"\1" + root(hashes[:split]) + root(hashes[split:]))

def climb(node, index, size, path):
    if size == 1: return node if not path else b""
    split = 1 << (size - 1).bit_length() - 1
    if index < split: return sha(b"\1" + climb(node, index, split, path[:-1]) + path[-1])
    return sha(b"\1" + path[-1] + climb(node, index - split, size - split, path[:-1]))

# Digits behind the point of a currency's amounts, where they are not two (ISO 4217, and crypto assets).
DIGITS = {0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", 3: "BHD IQD JOD KWD LYD OMR TND",
          4: "CLF UYW", 6: "TRX USDC USDT XRP", 8: "BTC BCH ETH LTC SOL TON"}
def minor_digits(currency):
    return next((count for count, codes in DIGITS.items() if currency in codes.split()), 2)

failed = 0
def step(name, holds):
    global failed
    failed += not holds
    print("ok    " if holds else "FAILED", name)

proof = json.load(open(sys.argv[1], encoding="utf-8"))
document = json.loads(proof["document"])
total = sum(Fraction(line["amount"]) for line in document["lines"])
step("document digest", text_hash(proof["document"]) == proof["documentDigest"])
step("document total", total == Fraction(document["totals"]["net"]) ==
     Fraction(document["totals"]["total"]) - Fraction(document["totals"]["tax"]))

minor = minor_digits(document["currency"])
rating = min(minor + 6, 11)
# Where several rates are printed on one line and rounded together, each is proved by its own charges.
usage = []
for line in (line for line in document["lines"] if line["kind"] == "usage"):
    rates = [part for part in line.get("parts") or [] if "line" in part]
    usage += [{"id": part["line"], "position": line["position"], "quantity": part["quantity"], "amount": None,
               "exactAmount": part.get("whole", part["amount"])} for part in rates] or [line]
    if rates:
        exact = sum(Fraction(part["amount"]) for part in line["parts"])
        step(f"line {line['position']}: rates", exact == Fraction(line["exactAmount"]) and
             rounded(exact, minor) == Fraction(line["amount"]))
printed = {line["id"]: line for line in usage}
proved = [(period, line, json.loads(line["leaf"])) for period in proof["periods"] for line in period["lines"]]
step("usage lines", sorted(line["id"] for line in usage) == sorted(stated["line"] for _, _, stated in proved))
every = [json.dumps({**json.loads(charge["leaf"]), "n": 0}, sort_keys=True) for _, line, _ in proved for charge in line["charges"]]
step("each line and each charge once", len(printed) == len(usage) and len(set(every)) == len(every))
for period, line, stated in proved:
    charges = [json.loads(charge["leaf"]) for charge in line["charges"]]
    show = printed.get(stated["line"])
    if show is None: continue
    name, exact = f"line {show['position']}", Fraction(show["exactAmount"]) + Fraction(show.get("billedBefore", "0"))
    same = ("subscription", "planVersion", "price", "cell", "period")
    for at, (charge, proved_charge) in enumerate(zip(charges, line["charges"]), 1):
        if leaf(proved_charge["leaf"]).hex()[:16] != proved_charge["check"] or charge["n"] != at or \
           any(charge[field] != stated[field] for field in same):
            step(f"{name}: charge {at} ({charge['source']} {charge['id']})", False)
    step(f"{name}: records and quantity", len(charges) == stated["records"] and stated["period"] == period["period"] and
         sum(Fraction(charge["quantity"]) for charge in charges) == Fraction(stated["quantity"]) == Fraction(show["quantity"]))
    charged = sum(Fraction(charge["amount"]) for charge in charges)
    whole = Fraction(stated["charged"]) + Fraction(stated["chargedBefore"])
    unused = stated["records"] + stated["recordsBefore"] == 0
    step(f"{name}: amount", charged == Fraction(stated["charged"]) and
         digits(stated["charged"]) == rating and (show["amount"] is None or digits(show["amount"]) == minor) and
         (unused or rounded(exact, rating) == whole) and
         Fraction(show.get("billedBefore", stated["billedBefore"])) == Fraction(stated["billedBefore"]) and
         (show["amount"] is None or
          Fraction(show["amount"]) == rounded(exact, minor) - Fraction(stated["billedBefore"])))
    step(f"{name}: root", root([leaf(charge["leaf"]) for charge in line["charges"]]).hex() == stated["charges"])

for period in proof["periods"]:
    step(f"period {period['period']}: root", root([leaf(line["leaf"]) for line in period["lines"]]).hex() == period["root"])
periods = [json.dumps({key: period[key] for key in ("account", "period", "root")}, separators=(",", ":"))
           for period in proof["periods"]]
step("root over charges", root([leaf(text) for text in periods]).hex() == proof["chargesRoot"])
step("anchor", proof["anchor"] == text_hash(
    f"kvit-anchor-1\n{proof['invoice']}\n{proof['documentDigest']}\n{proof['chargesRoot']}\n"))
batch, chain, links = proof["batch"], proof["chain"], proof["chain"]["links"]
path = [bytes.fromhex(part) for part in batch["path"]]
try: top = climb(bytes.fromhex(proof["anchor"]), batch["index"], batch["size"], path).hex()
except IndexError: top = ""
step("batch of anchors", 0 <= batch["index"] < batch["size"] and top == batch["root"])
step("anchor segment", text_hash(f"kvit-anchors-1\n{batch['size']}\n{batch['root']}\n") == links[0]["payload"])
previous, expected = bytes.fromhex(chain["previous"]), links[0]["seq"]
for link in links:
    place = chain["partition"].to_bytes(4, "big") + chain["codec"].to_bytes(4, "big") + link["seq"].to_bytes(8, "big")
    if link["seq"] != expected or sha(previous + place + bytes.fromhex(link["payload"])).hex() != link["digest"]:
        step(f"segment {link['seq']}", False)
    previous, expected = bytes.fromhex(link["digest"]), link["seq"] + 1
step("head", {"seq": links[-1]["seq"], "digest": links[-1]["digest"]} == proof["head"])
if len(sys.argv) > 2:
    seq, digest = sys.argv[2].split(":")
    step("published head", any(link["seq"] == int(seq) and link["digest"] == digest for link in links))
else:
    print("       compare the head with one that was published:", f"{links[-1]['seq']}:{links[-1]['digest']}")
sys.exit(1 if failed else 0)
