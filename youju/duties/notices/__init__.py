"""通知: what a unit above asks of the branches below it, with a day. It becomes a due of each, and a record is the reply."""
