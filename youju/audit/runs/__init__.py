"""留存: audits of a file that somebody chose to keep. They stay the branch's own, and nothing is kept unasked."""
