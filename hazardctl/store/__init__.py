"""The files of a ledger: reading, writing, locking, finding and git. Nothing else touches the disk.

What is promised, and against whom, stands in RELIABILITY: old bytes or new bytes and never half, nothing left out in
silence, no byte of a stranger run or followed.
"""
