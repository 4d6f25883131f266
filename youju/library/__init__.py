"""素材库: the texts a site or a unit owns, what was cleaned off them, who reads their restricted spans, how they are found."""
