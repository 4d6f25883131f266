"""签到: the switch, the clerk's desk and the screen of one session, and what a phone sees. Off until a unit turns it on."""
