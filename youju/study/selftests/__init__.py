"""自测和温故: a few questions for every member of a unit, answered one by one; what was answered is his alone.

The unit learns how many took part and, of a closed test that five finished, which questions many got wrong. Answers leave
no journal line, since a line says who acted.
"""
