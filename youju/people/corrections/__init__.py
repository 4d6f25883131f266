"""请求更正: a member says what is wrong of what is kept of him; who keeps the ledger answers, and both stay written."""
