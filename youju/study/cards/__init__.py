"""经验卡: one 学以致用 written as a text of the library, in the words of the ledger; whether it still holds is asked, not kept."""
