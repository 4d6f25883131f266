"""谈心谈话: who has talked with whom in a year, and who has not. A talk itself is an activity of ``TALK_KINDS``."""
