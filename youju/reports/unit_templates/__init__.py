"""本单位模板: the Word template a unit handed in, by which its reports go out when it is chosen."""
